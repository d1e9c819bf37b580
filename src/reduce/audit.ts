/**
 * Auditing reductions: the whole system is explored beside the reduced one, and what can be seen is compared.
 *
 * Seen are: how the search ends, which goals are broken, which witnesses are reached, which processes move, and of every
 * process the observations it ever makes (not where names are exchanged: there every answer has been compared). Both searches go on to the end though goals are broken, so that there is more to
 * compare than one path.
 */
import type { Exploration } from "../engine/api/result.js";
import { explore } from "../engine/explore.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import type { Symmetry } from "../spec/symmetry.js";
import { seenIn } from "./local-tables.js";
import { exploreReduced, type SafetyRule } from "./reduced-exploration.js";
import { exploreSymmetric, idleUpTo } from "./symmetric-exploration.js";
import type { Watch } from "../engine/api/watch.js";
import type { Limits } from "../engine/api/limits.js";

export interface Audit {
  readonly plain: Exploration;
  readonly reduced: Exploration;
  /** What differs, in words; empty if nothing does, or if a bound left too little to compare. */
  readonly differences: readonly string[];
  /** Did both searches end without a bound? */
  readonly isDecided: boolean;
}

/** A goal that nothing breaks keeps the search going. */
const UNBREAKABLE = { transitions: [], states: [] };

/** The same for a search that takes states which differ by names as one; both end at the first that is stuck. */
export function auditSymmetry(
  system: TransitionSystem,
  symmetry: Symmetry,
  { goals, witnesses }: Watch,
  limits: Limits,
): Audit {
  const watch = { goals: [...goals, UNBREAKABLE], witnesses, cycles: [] };
  const whole = explore(system, watch, limits);
  const plain = { ...whole, idle: idleUpTo(symmetry, system, whole.idle) };
  const reduced = exploreSymmetric(system, symmetry, watch, limits);
  return audited(plain, reduced, []);
}

export function audit(
  system: TransitionSystem,
  { goals, witnesses }: Watch,
  limits: Limits,
  rule?: SafetyRule,
): Audit {
  const watch = { goals: [...goals, UNBREAKABLE], witnesses, cycles: [] };
  const result = compared(system, watch, limits, rule);
  if (result.plain.end.kind !== "stuck" || result.reduced.end.kind !== "stuck") return result;
  // Where both get stuck they have seen a part only: again, so that they go on.
  return compared(neverStuck(system), watch, limits, rule);
}

function compared(
  system: TransitionSystem,
  watch: Watch,
  limits: Limits,
  rule: SafetyRule | undefined,
): Audit {
  const seen = new Set<string>();
  const plain = explore(listening(system, seen), watch, limits);
  const { exploration: reduced, seen: seenReduced } = exploreReduced(system, watch, limits, rule);
  return audited(plain, reduced, [
    ...missing("only without reductions", seen, seenReduced),
    ...missing("only with reductions", seenReduced, seen),
  ]);
}

/** @param seenDifferently what was seen in one of both only */
function audited(plain: Exploration, reduced: Exploration, seenDifferently: readonly string[]): Audit {
  const isDecided = plain.end.kind !== "bound" && reduced.end.kind !== "bound";
  const differences = [
    ...unequal("the search ends", plain.end.kind, reduced.end.kind),
    ...(plain.end.kind === "complete" && reduced.end.kind === "complete"
      ? [
          ...unequal("broken goals", brokenIn(plain), brokenIn(reduced)),
          ...unequal("witnesses", plain.witnesses.join(), reduced.witnesses.join()),
          ...unequal("processes that never moved", plain.idle.join(), reduced.idle.join()),
          ...seenDifferently,
        ]
      : []),
  ];
  return { plain, reduced, differences: isDecided ? differences : [], isDecided };
}

/** With a process more, that can always do nothing. */
function neverStuck(system: TransitionSystem): TransitionSystem {
  return {
    components: system.components,
    initial: system.initial,
    processes: [...system.processes, "nothing"],
    fair: system.fair,
    run: (process, read) =>
      process === system.processes.length
        ? [{ writes: new Map<number, unknown>(), observations: [] }]
        : system.run(process, read),
  };
}

/** The same system; whatever its processes can do is noted. */
function listening(system: TransitionSystem, seen: Set<string>): TransitionSystem {
  return {
    components: system.components,
    initial: system.initial,
    processes: system.processes,
    fair: system.fair,
    run: (process, read) => {
      const outcomes = system.run(process, read);
      for (const { observations } of outcomes) {
        seen.add(`${system.processes[process]} ${seenIn(observations)}`);
      }
      return outcomes;
    },
  };
}

function brokenIn({ breaks }: Exploration): string {
  return breaks.flatMap((found, goal) => (found === undefined ? [] : [goal])).join();
}

function unequal(what: string, plain: string, reduced: string): string[] {
  return plain === reduced
    ? []
    : [`${what}: ${plain || "none"} without reductions, ${reduced || "none"} with`];
}

function missing(what: string, from: ReadonlySet<string>, of: ReadonlySet<string>): string[] {
  return [...from].filter((one) => !of.has(one)).map((one) => `seen ${what}: ${one}`);
}
