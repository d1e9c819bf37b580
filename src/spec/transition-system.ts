/**
 * Transition systems: the boundary between semantics and search. It is all that an engine knows of a system.
 *
 * A state is one value per component. A process reads components and says what it can do. Its answer may depend only on
 * the values that it reads, and which component it reads next may depend only on the values that it has read before. So
 * an engine may remember the answer under these values, and never has to run the process again for them.
 */
import type { Observation } from "./observation.js";
import type { Renaming, Symmetry } from "./symmetry.js";

/** One transition of a process, relative to the state in which it was computed. */
export interface Outcome {
  /** The new values of the components that the transition writes, by index. */
  readonly writes: ReadonlyMap<number, unknown>;
  readonly observations: readonly Observation[];
}

export interface TransitionSystem<O extends Outcome = Outcome> {
  /** The names of the components. Their positions are the indices that are used everywhere else. */
  readonly components: readonly string[];
  /** The initial value of every component. */
  readonly initial: readonly unknown[];
  /** The names of the processes, in the order in which ties between transitions are broken. */
  readonly processes: readonly string[];
  /** The processes that are weakly fair, by index. */
  readonly fair: readonly number[];
  /** The transitions of a process in the state that `read` reads; empty if it can do nothing. */
  readonly run: (process: number, read: (component: number) => unknown) => readonly O[];
  /** The symmetry that the model declares. A search over all states ignores it. */
  readonly symmetry?: Symmetry | undefined;
  /** A group of renamings without the identity: a search explores one state of each orbit. */
  readonly renamings?: readonly Renaming[];
}
