/**
 * Auditing reductions: explores the whole system and the reduced one, and compares what can be seen.
 *
 * Compared are how the search ends, which goals are broken, which witnesses are reached, which processes move, and the
 * observations that each process ever makes. (Observations are not compared for a symmetry, which has compared every
 * answer already.) Both searches go on after a broken goal, so that they compare more than one path.
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
  /** What differs, in words; empty if nothing differs, or if a search ended by a bound. */
  readonly differences: readonly string[];
  /** True if neither search ended by a bound. */
  readonly isDecided: boolean;
}

/** A search ends when all its goals are broken; this one never is. */
const UNBREAKABLE = { transitions: [], states: [] };

/** Audits symmetry reduction. Both searches end at the first state in which nothing can happen. */
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

/** Audits partial order reduction. `rule` finds safe steps, by default as `check --reduction` does. */
export function audit(
  system: TransitionSystem,
  { goals, witnesses }: Watch,
  limits: Limits,
  rule?: SafetyRule,
): Audit {
  const watch = { goals: [...goals, UNBREAKABLE], witnesses, cycles: [] };
  const result = compared(system, watch, limits, rule);
  if (result.plain.end.kind !== "stuck" || result.reduced.end.kind !== "stuck") return result;
  // Both searches ended at a state in which nothing can happen, and saw only a part: search again without such states.
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

/** @param seenDifferently what was seen in one of the two only, in words */
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

/** The system with one more process, which can always make a step without effect. */
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

/** The same system, which adds to `seen` the observations of every step that its processes can take. */
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
