/**
 * Continuations: what can still happen from a state of a trace, if some steps are left out.
 *
 * The system is the machine from another state on. A step that is left out leads to a state of its own in which nothing
 * happens any more; if it simply were not there, the search would take the state before it for a deadlock.
 */
import { explore, type Exploration, type PathStep, type Watch } from "../engine/explore.js";
import type { LabelledOutcome, Machine, StepLabel } from "../runtime/machine.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";

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

export function exploreFrom(
  machine: Machine,
  start: readonly unknown[],
  isLeftOut: IsLeftOut,
  watch: Partial<Watch>,
  maxStates: number,
): Continuation {
  const left = gone(machine);
  const system: TransitionSystem = {
    components: [...machine.components, "left out"],
    initial: [...start, false],
    processes: machine.processes,
    fair: machine.fair,
    run: (process, read) => {
      if (read(left) === true) return process === 0 ? [NOTHING] : [];
      return machine
        .run(process, read)
        .map((outcome): Outcome =>
          isLeftOut(process, outcome, read)
            ? { writes: new Map([[left, true]]), observations: [] }
            : { writes: outcome.writes, observations: outcome.observations },
        );
    },
  };
  const exploration = explore(system, { goals: [], cycles: [], witnesses: [], ...watch }, { maxStates });
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

/** Reads the state after an outcome. */
export function after({ writes }: Outcome, read: Read): Read {
  return (component) => (writes.has(component) ? writes.get(component) : read(component));
}
