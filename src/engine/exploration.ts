/**
 * What a search is asked, and what it answers.
 */
import type { Observation } from "../spec/observation.js";
import type { Image, KeptImage } from "./image.js";
import type { Tuning } from "./tuning.js";

export type OnObservation = (observation: Observation) => boolean;
export type OnState = (read: (component: number) => unknown) => boolean;

/** A property: broken by the first transition or state that breaks one of its rules. */
export interface Goal {
  /** Transitions with such an observation break it. */
  readonly transitions: readonly OnObservation[];
  /** States for which this is true break it. */
  readonly states: readonly OnState[];
}

/** A liveness property: broken by a fair cycle (lasso.ts). */
export interface CycleGoal {
  /** Is it waited for in this state? */
  readonly waits: OnState;
  /** Transitions with such an observation are not allowed in the cycle. */
  readonly without?: OnObservation;
  /** The cycle has to take transitions with such an observation. */
  readonly through?: OnObservation;
}

/** What to watch for: at most 32 rules on transitions in all goals together, and at most 32 witnesses. */
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

/** The inner loops: plain TypeScript, or WebAssembly. Their results are the same. */
export type EngineName = "js" | "wasm";

export interface Limits {
  readonly maxStates: number;
  /** Of states and tables; what it takes to run the model is not in it. 4 GiB at most, and if not said. */
  readonly maxBytes?: number | undefined;
  /** The inner loops to use; WebAssembly where there is one, if not said. */
  readonly engine?: EngineName | undefined;
  /** Threads that search; one if not said. The results are the same. */
  readonly jobs?: number | undefined;
  readonly tuning?: Partial<Tuning>;
  /** Asked now and then: a reason ends the search there, as a bound; or the one for cheapest paths, as a bound of that. */
  readonly stop?: (() => string | undefined) | undefined;
  /**
   * Called when a bound has ended the search, with what it can go on from: the level that it was in, from its beginning.
   * Not called if there is nothing worth keeping.
   */
  readonly keep?: ((image: Image) => void) | undefined;
  /** Goes on from there instead of from the initial state; the answer is the one of a search that was not ended. */
  readonly from?: KeptImage | undefined;
  /** Called now and then. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly frontier: number;
}

/** One step of a path: which process moved, and which of its outcomes it was. */
export interface PathStep {
  readonly process: number;
  readonly outcome: number;
}

/** How a goal was broken first: which rule (those on transitions before those on states), and the path to it. */
export interface Break {
  readonly rule: number;
  readonly path: readonly PathStep[];
}

/** A path to a cycle, and the cycle. */
export interface Lasso {
  readonly path: readonly PathStep[];
  readonly cycle: readonly PathStep[];
}

/**
 * Paths that are least in cost and, among those as cheap, in steps; undefined where there is nothing to look for, or
 * where the search ran out of something.
 */
export interface Cheapest {
  /** By goal. */
  readonly breaks: readonly (Break | undefined)[];
  /** To a state from which nothing can happen; it breaks no goal on its way. */
  readonly stuck: readonly PathStep[] | undefined;
  /** What the search ran out of, or why it was stopped; undefined if it ended. */
  readonly bound: string | undefined;
  /** States it visited. */
  readonly states: number;
}

/** Why the search ended. */
export type End =
  | { readonly kind: "complete" }
  /** All goals are broken. */
  | { readonly kind: "decided" }
  /** A state from which nothing can happen. */
  | { readonly kind: "stuck"; readonly path: readonly PathStep[] }
  | { readonly kind: "bound"; readonly bound: string };

export interface Exploration {
  readonly end: End;
  /** For every goal the shortest path that breaks it; undefined for those not broken by what was explored. */
  readonly breaks: readonly (Break | undefined)[];
  /** If there are costs. */
  readonly cheapest: Cheapest | undefined;
  /** For every cycle goal a fair cycle; undefined where there is none, or where not everything was explored. */
  readonly lassos: readonly (Lasso | undefined)[];
  readonly states: number;
  readonly transitions: number;
  /** Steps from the initial state to the farthest state that was expanded. */
  readonly depth: number;
  /** Which witnesses were reached. */
  readonly witnesses: readonly boolean[];
  /** Processes that never moved. */
  readonly idle: readonly string[];
  /** Bytes of states: visited set, rows, interned parts and the tree, with their free space. */
  readonly bytes: number;
  /** Bytes of all the memory that the limit is about, at most: the graph in which cycles were looked for is among them. */
  readonly bytesInUse: number;
  /** Distinct values per component. */
  readonly values: Readonly<Record<string, number>>;
  /** How often the system had to be asked. */
  readonly asked: number;
}
