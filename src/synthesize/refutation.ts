/**
 * Refutations: executions that break a requirement, found by following known ones or by exhaustive search.
 */
import { explore, type End, type PathStep } from "../engine/explore.js";
import type { LabelledOutcome, Machine } from "../runtime/machine.js";
import { breaksBy, breaksIn } from "../spec/property.js";
import { NEVER_STUCK } from "../check/target.js";
import { goalOfCell, type Cell, type Requirement } from "./cell.js";
import { textOf, Walk, type GuideStep } from "./walk.js";

/** An execution that breaks a requirement with its last step; or that ends stuck (`property` is never-stuck). */
export interface Refutation {
  readonly property: string;
  readonly rule: string;
  readonly path: readonly PathStep[];
}

/** What an exhaustive search said: broken, all met, or not decided for a reason. */
export type Checked =
  | { readonly kind: "refuted"; readonly refutation: Refutation; readonly states: number }
  | { readonly kind: "met"; readonly states: number }
  | { readonly kind: "open"; readonly reason: string };

/** The first requirement that a step has broken, and its rule. */
function brokenBy(
  walk: Walk,
  requirements: readonly Requirement[],
  { observations }: Pick<LabelledOutcome, "observations">,
): Pick<Refutation, "property" | "rule"> | undefined {
  const view = walk.machine.view(walk.read);
  for (const { property } of requirements) {
    for (const rule of property.rules) {
      const isBroken =
        observations.some((of) => breaksBy(property, rule, of)) ||
        (rule.brokenIn !== undefined &&
          walk.machine.system.events.some((event) => breaksIn(property, rule, view, event)));
      if (isBroken) return { property: property.name, rule: rule.name };
    }
  }
  return undefined;
}

/**
 * Follows an execution of another machine, and says what it breaks here. Steps that this machine has in addition are
 * taken when they are in the way; those that it has not are left out. Whatever comes of it is an execution of this machine.
 */
export function refutedAlong(
  machine: Machine,
  cell: Cell,
  guide: readonly GuideStep[],
): Refutation | undefined {
  const walk = new Walk(machine);
  const path: PathStep[] = [];
  for (const step of guide) {
    for (const outcome of stepsTowards(walk, step)) {
      const outcomes = walk.outcomes(step.process);
      const taken = outcomes[outcome];
      if (taken === undefined) return undefined;
      path.push({ process: step.process, outcome });
      walk.take(taken);
      const broken = brokenBy(walk, cell.requirements, taken);
      if (broken !== undefined) return { ...broken, path };
    }
  }
  return undefined;
}

/** More steps than this are not taken to catch up with one step of another execution. */
const CATCH_UP = 60;

/** The positions of the outcomes of the step's process, one after another, that lead to what the step did. */
function stepsTowards(walk: Walk, { process, choice, text, pure }: GuideStep): readonly number[] {
  const ahead = walk.copy();
  const positions: number[] = [];
  for (let turn = 0; turn < CATCH_UP; turn++) {
    const outcomes = ahead.outcomes(process);
    const same = outcomes.findIndex((of) => of.label.choice === choice && textOf(of) === text);
    if (same >= 0) return [...positions, same];
    const [only, other] = outcomes;
    if (only === undefined || other !== undefined || only.label.choice !== "") break;
    // A step without an observation is not reached by a step that other processes notice: this machine may not have the first one.
    if (pure && !ahead.isPure(only)) break;
    positions.push(0);
    ahead.take(only);
  }
  if (pure) return [];
  // It does something else here, with other values perhaps: the same process goes on.
  const like = walk.outcomes(process).findIndex((of) => of.label.choice === choice);
  return like >= 0 ? [like] : [];
}

/**
 * Searches every execution of the cell. Without an audit: what is refuted is walked on the reference machine, and what
 * passes is verified again with one.
 */
export function checkCell(machine: Machine, cell: Cell, maxStates: number): Checked {
  const watch = { goals: [goalOfCell(machine, cell)], cycles: [], witnesses: [] };
  const { end, breaks, states } = explore(machine, watch, { maxStates, audit: "off" });
  const [broken] = breaks;
  if (broken !== undefined) {
    return { kind: "refuted", states, refutation: refutationOf(machine, cell, broken.path) };
  }
  return notBroken(end, states);
}

function notBroken(end: End, states: number): Checked {
  switch (end.kind) {
    case "stuck":
      return {
        kind: "refuted",
        states,
        refutation: { property: NEVER_STUCK, rule: NEVER_STUCK, path: end.path },
      };
    case "bound":
      return { kind: "open", reason: end.bound };
    case "complete":
      return { kind: "met", states };
    case "decided":
      throw new Error("the search ended as if the goal were broken");
  }
}

function refutationOf(machine: Machine, cell: Cell, path: readonly PathStep[]): Refutation {
  const walk = new Walk(machine);
  for (const [at, { process, outcome }] of path.entries()) {
    const taken = walk.outcomes(process)[outcome];
    if (taken === undefined) throw new Error("the search took a step that the machine does not have");
    walk.take(taken);
    if (at < path.length - 1) continue;
    const broken = brokenBy(walk, cell.requirements, taken);
    if (broken !== undefined) return { ...broken, path };
  }
  throw new Error(`a path that the search found breaks nothing in ${cell.name} when it is walked`);
}
