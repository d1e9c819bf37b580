/**
 * Playback: the states along a path, made when they are asked for, and kept.
 */
import type { EnabledStep, Machine } from "../../runtime/machine.js";
import type { State } from "../../spec/system.js";
import type { NamedStep } from "./page-document.js";

export class Playback {
  readonly machine: Machine;
  readonly #states: State[];
  #steps: readonly NamedStep[] = [];

  constructor(machine: Machine) {
    this.machine = machine;
    this.#states = [machine.initialState];
  }

  /** The state after the first `count` of the steps. Throws a RangeError for a step that is not enabled. */
  stateAfter(steps: readonly NamedStep[], count: number): State {
    this.#keepCommon(steps);
    for (let at = this.#states.length - 1; at < count; at++) {
      const [state, step] = [this.#states[at], steps[at]];
      const taken =
        state === undefined || step === undefined ? undefined : takenIn(this.machine, state, step);
      if (taken === undefined) throw new RangeError(`step ${at + 1} of the path is not enabled`);
      this.#states.push(taken.next);
    }
    const found = this.#states[count];
    if (found === undefined) throw new RangeError(`there is no state after ${count} steps`);
    return found;
  }

  /** The states before each step and after the last one. */
  statesOf(steps: readonly NamedStep[]): readonly State[] {
    this.stateAfter(steps, steps.length);
    return this.#states.slice(0, steps.length + 1);
  }

  /** Forgets the states after the first step that is another one now. */
  #keepCommon(steps: readonly NamedStep[]): void {
    if (steps === this.#steps) return;
    const limit = Math.min(this.#states.length - 1, steps.length, this.#steps.length);
    let common = 0;
    while (common < limit && isSame(steps[common], this.#steps[common])) common++;
    this.#states.splice(common + 1);
    this.#steps = steps;
  }
}

function isSame(one: NamedStep | undefined, other: NamedStep | undefined): boolean {
  return one?.process === other?.process && one?.choice === other?.choice;
}

/** The step with these names, if it is enabled. Only its process is run. */
export function takenIn(machine: Machine, state: State, step: NamedStep): EnabledStep | undefined {
  const read = (component: number) => state[machine.components[component] ?? ""];
  const process = machine.processes.indexOf(step.process);
  if (process < 0) return undefined;
  const outcome = machine.run(process, read).find(({ label }) => label.choice === step.choice);
  if (outcome === undefined) return undefined;
  const { label, observations, writes } = outcome;
  const next: Record<string, unknown> = { ...state };
  for (const [component, value] of writes) next[machine.components[component] ?? ""] = value;
  return { label, observations, next };
}
