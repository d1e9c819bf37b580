/**
 * What bounds a search, and how it is to be done.
 */
import type { AuditMode } from "./audited.js";
import type { Image, KeptImage } from "./image.js";
import type { Tuning } from "./tuning.js";

/** The inner loops: plain TypeScript, or WebAssembly. Their results are the same. */
export type EngineName = "js" | "wasm";

export interface Limits {
  readonly maxStates: number;
  /** Of states and tables; what it takes to run the model is not in it. 4 GiB if not said. */
  readonly maxBytes?: number | undefined;
  /** The inner loops to use; WebAssembly where there is one, if not said. */
  readonly engine?: EngineName | undefined;
  /** Threads that search; one if not said. The results are the same. */
  readonly jobs?: number | undefined;
  readonly tuning?: Partial<Tuning>;
  /** How much of the search is done again and compared; a sample of the states if not said. */
  readonly audit?: AuditMode | undefined;
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
  /** The search of the state space, or the second one, for the cheapest paths. */
  readonly phase: "searching" | "cheapest";
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly frontier: number;
}
