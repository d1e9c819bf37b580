/**
 * Cubes: which edits an execution depends on.
 *
 * An execution refutes a set of edits. It refutes every other set as well that agrees with it on the edits that *matter*:
 *
 *   An edit of functions that do not run in the execution does not matter.
 *   An edit does not matter either if the machine with it and the machine without it go through the execution alike, step
 *   by step, but for pure steps (walk.ts).
 *
 * Why edits that do not matter one by one do not matter together: what an edit does depends on what it reads and on what
 * the functions below it ask for. Pure steps change neither.
 */
import type { PathStep } from "../engine/explore.js";
import type { LabelledOutcome, Machine } from "../runtime/machine.js";
import type { Observation } from "../spec/observation.js";
import { keyOf } from "../spec/value.js";
import { textOf, Walk, withoutStack, type GuideStep } from "./walk.js";

/** A step of an execution, and what has to be known to compare another machine's step with it. */
interface Taken extends GuideStep {
  /** The state before it. */
  readonly before: readonly unknown[];
  readonly writes: ReadonlyMap<number, unknown>;
  readonly observations: readonly Observation[];
  /** The functions that stand on a stack before it, or are entered in it. */
  readonly functions: ReadonlySet<string>;
}

export interface Execution {
  readonly steps: readonly Taken[];
  readonly last: readonly unknown[];
}

/** The execution that takes these steps of this machine. */
export function executionOf(machine: Machine, path: readonly PathStep[]): Execution {
  const walk = new Walk(machine);
  const steps = path.map(({ process, outcome }): Taken => {
    const taken = walk.outcomes(process)[outcome];
    if (taken === undefined) throw new Error("the search took a step that the machine does not have");
    const step: Taken = {
      ...walk.guideOf(process, taken),
      before: [...walk.values],
      writes: taken.writes,
      observations: taken.observations,
      functions: new Set([...walk.functions(), ...enteredIn(taken)]),
    };
    walk.take(taken);
    return step;
  });
  return { steps, last: [...walk.values] };
}

export function guideOf({ steps }: Execution): readonly GuideStep[] {
  return steps.map(({ process, choice, text, pure }) => ({ process, choice, text, pure }));
}

/** Can nothing happen any more at its end? */
export function isStuckAtEnd(machine: Machine, { last }: Execution): boolean {
  const walk = new Walk(machine, last);
  return machine.processes.every((_, process) => walk.outcomes(process).length === 0);
}

/** The functions that a step enters. */
export function enteredIn({ label }: LabelledOutcome): readonly string[] {
  return label.events.flatMap((event) => (event.kind === "enter" ? [event.function] : []));
}

/**
 * Does another machine, whose functions differ in these only and which has the same initial state, go through the
 * execution alike, but for pure steps? Only the parts in which such a function runs are walked: elsewhere the machines are
 * the same.
 */
export function isAlike(other: Machine, { steps }: Execution, differing: ReadonlySet<string>): boolean {
  let walk: Walk | undefined;
  for (const step of steps) {
    if (walk !== undefined && hasCaughtUp(walk, step, differing)) walk = undefined;
    if (walk === undefined) {
      if (![...step.functions].some((name) => differing.has(name))) continue;
      // What stood on a stack from the beginning has got there by the other machine's own functions.
      walk = new Walk(other, step === steps[0] ? other.initial : step.before);
    }
    if (!follow(walk, step)) return false;
  }
  return true;
}

/** Is the machine where the execution is, and does nothing run there in which the two differ? */
function hasCaughtUp(walk: Walk, { before, functions }: Taken, differing: ReadonlySet<string>): boolean {
  return (
    ![...functions].some((name) => differing.has(name)) &&
    walk.values.every(
      (value, component) => value === before[component] || keyOf(value) === keyOf(before[component]),
    )
  );
}

function follow(walk: Walk, { process, choice, text, pure, before, writes, observations }: Taken): boolean {
  const steps = walk.reach(process, (of) => of.label.choice === choice && textOf(of) === text);
  const found = steps?.at(-1);
  if (pure) {
    // It may be the edit's own step, which the other machine does not have.
    if (found !== undefined && walk.isPure(found)) steps?.forEach((of) => walk.take(of));
    return true;
  }
  if (steps === undefined || found === undefined) return false;
  steps.forEach((of) => walk.take(of));
  const components = new Set([...writes.keys(), ...found.writes.keys()]);
  return (
    keyOf(observations) === keyOf(found.observations) &&
    [...components].every((component) =>
      isSame(writes.has(component) ? writes.get(component) : before[component], walk.values[component]),
    )
  );
}

export function isSame(one: unknown, other: unknown): boolean {
  return one === other || keyOf(withoutStack(one)) === keyOf(withoutStack(other));
}
