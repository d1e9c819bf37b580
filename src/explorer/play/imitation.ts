/**
 * Imitation: the decisions of a trace, taken again in another driver, a fixed one for example.
 *
 * The other driver does other things between two decisions, so the trace's steps cannot be taken one by one. A CPU goes on
 * to the access that the trace makes, if that is near, and does nothing where it is not: the other driver does not make it.
 * A decision of the hardware or of the world is taken where the trace takes it, or, if it cannot happen there yet, as soon
 * as it can: until then happens what has to happen anyway, wires before interrupts and interrupts before the CPU.
 */
import type { EnabledStep, Machine } from "../../runtime/machine.js";
import type { State } from "../../spec/system.js";
import type { TraceStep } from "../../trace/document.js";
import { textOf, withoutValues } from "./alignment.js";

/** A CPU that goes on further than this to make an access has missed it. */
const NEAR = 40;
/** ... and to make something possible, such as an interrupt that waits for the end of a critical section. */
const PATIENCE = 200;

export interface Imitation {
  /** The steps, by their positions among the enabled ones. */
  readonly indices: readonly number[];
  /** The first decision of the trace that could not be taken; null if all could. */
  readonly stopped: number | null;
}

/** `isOver`: does a step end the path, because it breaks a rule? */
export function imitate(
  machine: Machine,
  steps: readonly TraceStep[],
  isOver: (taken: EnabledStep) => boolean,
): Imitation {
  const walk = new Walk(machine);
  for (const [at, step] of steps.entries()) {
    const isDone = step.level === null ? walk.decide(step) : walk.goOn(step);
    if (!isDone) return { indices: walk.indices, stopped: at + 1 };
    const over = walk.taken.findIndex(isOver);
    if (over >= 0) return { indices: walk.indices.slice(0, over + 1), stopped: null };
  }
  return { indices: walk.indices, stopped: null };
}

class Walk {
  readonly indices: number[] = [];
  readonly taken: EnabledStep[] = [];
  readonly #machine: Machine;
  readonly #fair: ReadonlySet<string>;
  #state: State;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#fair = new Set(machine.fair.map((process) => machine.processes[process] ?? ""));
    this.#state = machine.initialState;
  }

  /** Takes the step of a CPU, and those before it, if it is near. */
  goOn({ process, choice, events }: TraceStep): boolean {
    const wanted = withoutValues(textOf({ process, choice, events }));
    const isOwn = ({ label }: EnabledStep) => label.process === process;
    const ahead = this.#run(isOwn, NEAR, ({ label }) => withoutValues(textOf(label)) === wanted);
    if (ahead !== undefined) this.#take(ahead);
    return true;
  }

  /** Takes what the hardware or the world did, as soon as it can happen. False if it cannot. */
  decide({ process, choice }: TraceStep): boolean {
    const isWanted = ({ label }: EnabledStep) => label.process === process && label.choice === choice;
    const canNow = (state: State) => this.#machine.enabledSteps(state).some(isWanted);
    if (!canNow(this.#state)) {
      const hasToBe = ({ label }: EnabledStep) => this.#fair.has(label.process);
      const ahead = this.#run(hasToBe, PATIENCE, ({ next }) => canNow(next));
      if (ahead === undefined) return false;
      this.#take(ahead);
    }
    const enabled = this.#machine.enabledSteps(this.#state);
    const index = enabled.findIndex(isWanted);
    const taken = enabled[index];
    if (taken === undefined) return false;
    this.#take([{ index, taken }]);
    return true;
  }

  #take(steps: readonly { readonly index: number; readonly taken: EnabledStep }[]): void {
    for (const { index, taken } of steps) {
      this.indices.push(index);
      this.taken.push(taken);
      this.#state = taken.next;
    }
  }

  /** Steps of a sort, always the last of those enabled, up to one that is looked for; undefined if none of so many is. */
  #run(isOfSort: (step: EnabledStep) => boolean, most: number, isFound: (step: EnabledStep) => boolean) {
    const steps: { readonly index: number; readonly taken: EnabledStep }[] = [];
    let state = this.#state;
    while (steps.length < most) {
      const enabled = this.#machine.enabledSteps(state);
      const index = enabled.findLastIndex(isOfSort);
      const taken = enabled[index];
      if (taken === undefined) return undefined;
      steps.push({ index, taken });
      if (isFound(taken)) return steps;
      state = taken.next;
    }
    return undefined;
  }
}
