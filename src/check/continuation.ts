/**
 * Continuations: what can still happen from a state of a trace, if some steps are left out.
 *
 * The system is the machine from another state on. A step that is left out leads to a state of its own in which nothing
 * happens any more; if it simply were not there, the search would take the state before it for a deadlock.
 */
import { explore, type Exploration, type OnState, type PathStep, type Watch } from "../engine/explore.js";
import type { LabelledOutcome, Machine, StepLabel } from "../runtime/machine.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";
import { RememberedMachine } from "./remembered-machine.js";

type Read = (component: number) => unknown;

/** Is this step of the process left out? `read` reads the state before it. */
export type IsLeftOut = (process: number, outcome: LabelledOutcome, read: Read) => boolean;

/** What was found from a state on. */
export interface Continuation {
  readonly exploration: Exploration;
  /** The steps along a path that the exploration found. */
  readonly walk: (path: readonly PathStep[]) => WalkedStep[];
}

/** A step of a path; `read` reads the state before it. */
export interface WalkedStep {
  readonly process: number;
  readonly label: StepLabel;
  readonly read: Read;
}

/** Nothing happens in the state behind what is left out; this is how it goes on not happening. */
const NOTHING: Outcome = { writes: new Map(), observations: [] };

/** The index of the component that says whether something left out has happened. */
export function gone(machine: Machine): number {
  return machine.components.length;
}

/** What one exploration found out about the machine, the next one of the same machine knows. */
export function exploreFrom(
  machine: Machine,
  start: readonly unknown[],
  isLeftOut: IsLeftOut,
  watch: Partial<Watch>,
  maxStates: number,
  stop?: () => string | undefined,
): Continuation {
  const left = gone(machine);
  const remembered = RememberedMachine.of(machine);
  const system: TransitionSystem = {
    components: [...machine.components, "left out"],
    initial: [...remembered.idsOf(start), false],
    processes: machine.processes,
    fair: machine.fair,
    run: (process, read) => {
      if (read(left) === true) return process === 0 ? [NOTHING] : [];
      const idOf = read as (component: number) => number;
      const values = remembered.valuesBy(idOf);
      return remembered
        .run(process, idOf)
        .map(({ writes, outcome }): Outcome =>
          isLeftOut(process, outcome, values)
            ? { writes: new Map([[left, true]]), observations: [] }
            : { writes, observations: outcome.observations },
        );
    },
  };
  const asked = { goals: [], cycles: [], witnesses: [], ...watch };
  const exploration = explore(system, readingValues(asked, left, remembered), { maxStates, stop });
  return {
    exploration,
    walk: (path) => {
      let read: Read = (component) => start[component];
      return path.map(({ process, outcome }) => {
        const before = read;
        const taken = machine.run(process, before)[outcome];
        if (taken === undefined) throw new Error("the search took a step that the machine does not have");
        const values = machine.components.map((_, component) => after(taken, before)(component));
        read = (component) => values[component];
        return { process, label: taken.label, read: before };
      });
    },
  };
}

/** The same of a system whose values are numbers. */
function readingValues(watch: Watch, left: number, remembered: RememberedMachine): Watch {
  const ofValues =
    (on: OnState): OnState =>
    (read) => {
      const values = remembered.valuesBy(read as (component: number) => number);
      return on((component) => (component === left ? read(left) : values(component)));
    };
  return {
    ...watch,
    goals: watch.goals.map((goal) => ({ ...goal, states: goal.states.map(ofValues) })),
    cycles: watch.cycles.map((cycle) => ({ ...cycle, waits: ofValues(cycle.waits) })),
  };
}

/** Reads the state after an outcome. */
export function after({ writes }: Outcome, read: Read): Read {
  return (component) => (writes.has(component) ? writes.get(component) : read(component));
}
