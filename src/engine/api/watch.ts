/**
 * What a search is asked to watch for: properties, liveness properties, witnesses.
 */
import type { Observation } from "../../spec/observation.js";

export type OnObservation = (observation: Observation) => boolean;

export type OnState = (read: (component: number) => unknown) => boolean;

/** A property: broken by the first transition or state that breaks one of its rules. */
export interface Goal {
  /** Transitions with such an observation break it. */
  readonly transitions: readonly OnObservation[];
  /** States for which this is true break it. */
  readonly states: readonly OnState[];
}

/** A liveness property: broken by a fair cycle (fair-cycle.ts). */
export interface CycleGoal {
  /** Is it waited for in this state? */
  readonly waits: OnState;
  /** Transitions with such an observation are not allowed in the cycle. */
  readonly without?: OnObservation;
  /** The cycle has to take transitions with such an observation. */
  readonly through?: OnObservation;
}

/** What to watch for: at most 32 rules on transitions and on states, in all goals together, and at most 32 witnesses. */
export interface Watch {
  /** The search ends when all of them are broken, unless there are cycles to look for. */
  readonly goals: readonly Goal[];
  /** Looked for when the whole state space is known. At most 16. */
  readonly cycles: readonly CycleGoal[];
  /** Transitions with such an observation are worth knowing of. */
  readonly witnesses: readonly OnObservation[];
  /**
   * What an observation adds to the cost of a path: a whole number, seldom more than 0. If it is there, cheapest paths
   * are looked for too, and there may be 31 rules on transitions at most.
   */
  readonly cost?: (observation: Observation) => number;
}
