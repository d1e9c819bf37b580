/**
 * Loops: decides on the reference machine whether an execution that ends in a cycle (a lasso) breaks a liveness property.
 *
 * src/engine/liveness/fair-cycle.ts searches for such cycles. This file shares no code with the search and follows the
 * definition of the property; a cycle that the search found is reported only if this file agrees.
 */
import type { Machine } from "../runtime/machine.js";
import type { Observation } from "../spec/observation.js";
import { isOf, waits, type LivenessProperty } from "../spec/property.js";
import type { State } from "../spec/system.js";
import { keyOf } from "../spec/value.js";

/** One turn of a loop: the state before each step, the step, and the state after the last. */
export interface Turn {
  readonly states: readonly State[];
  readonly steps: readonly { readonly process: string; readonly observations: readonly Observation[] }[];
}

/** Why the loop does not break the property, in words; undefined if it does. */
export function whyNoLasso(machine: Machine, property: LivenessProperty, turn: Turn): string | undefined {
  const { states, steps } = turn;
  const [first, last] = [states[0], states.at(-1)];
  if (steps.length === 0 || first === undefined || last === undefined) return "there is no loop";
  if (keyOf(first) !== keyOf(last)) return "the loop does not return to the state in which it began";
  const unfair = machine.fair.find((process) => !isTreatedFairly(machine, process, turn));
  if (unfair !== undefined) return `${machine.processes[unfair]} could go ahead all the time, and never does`;
  const reasons = subjectsOf(machine, property).map((subject) => whyNot(machine, property, subject, turn));
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** The subjects of a liveness property: the events, or the CPUs as `"0"`, `"1"` ... */
export function subjectsOf(machine: Machine, { subjects }: LivenessProperty): readonly string[] {
  const { events, processors } = machine.system;
  return subjects === "events" ? events : processors.map(({ cpu }) => String(cpu));
}

function whyNot(
  machine: Machine,
  property: LivenessProperty,
  subject: string,
  { states, steps }: Turn,
): string | undefined {
  const observations = steps.flatMap((step) => step.observations);
  if (states.some((state) => !waits(property, machine.viewOf(state), subject))) {
    return "what is waited for comes";
  }
  if (observations.some((of) => isOf("without", property, of, subject))) {
    return "the loop takes a step that the property leaves out";
  }
  const isAsked = property.through !== undefined;
  if (isAsked && !observations.some((of) => isOf("through", property, of, subject))) {
    return "the loop takes no step of those that the property asks for";
  }
  return undefined;
}

function isTreatedFairly(machine: Machine, process: number, { states, steps }: Turn): boolean {
  const name = machine.processes[process];
  if (steps.some((step) => step.process === name)) return true;
  return states.some((state) => machine.enabledSteps(state).every(({ label }) => label.process !== name));
}
