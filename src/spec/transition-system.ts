/**
 * The seam between semantics and search: what an engine needs to know of a system.
 *
 * A state is one value per component. A process, run against a way to read components, says what it can do:
 * it may depend only on the values it reads, and the components it reads may depend only on values read before.
 * An engine may therefore remember an answer under the values that were read and never ask twice.
 */
import type { Observation } from "./observation.js";
import type { Renaming, Symmetry } from "./symmetry.js";

/** One transition of a process, relative to the state it was computed in. */
export interface Outcome {
  /** The components the transition changes, by index, and their new values. */
  readonly writes: ReadonlyMap<number, unknown>;
  readonly observations: readonly Observation[];
}

export interface TransitionSystem<O extends Outcome = Outcome> {
  /** Component names; their positions are the indices used everywhere else. */
  readonly components: readonly string[];
  /** The initial value of every component. */
  readonly initial: readonly unknown[];
  /** Process names, in the order in which ties between transitions are broken. */
  readonly processes: readonly string[];
  /** The processes that are weakly fair, by index. */
  readonly fair: readonly number[];
  /** What a process can do in the state that `read` reads; empty if nothing. */
  readonly run: (process: number, read: (component: number) => unknown) => readonly O[];
  /** What can be exchanged, as the model says. Who searches all states need not care. */
  readonly symmetry?: Symmetry | undefined;
  /** States that one of these makes of each other are one to a search: all there are, without the one that changes nothing. */
  readonly renamings?: readonly Renaming[];
}
