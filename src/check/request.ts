/**
 * What a check is asked.
 */
import type { AuditMode, EngineName, Image, KeptImage, Progress } from "../engine/explore.js";
import { PmucheckError } from "../spec/errors.js";
import type { Property, Witness } from "../spec/property.js";
import type { Measure } from "../trace/document.js";
import type { Target } from "./target.js";

/** How it is checked. */
export interface CheckOptions {
  /** Every witness a scenario may ask for. */
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
  /** Of the states and tables of the search; 4 GiB if not said. */
  readonly maxBytes?: number | undefined;
  /** The inner loops, which change no result; WebAssembly where there is one if not said. */
  readonly engine?: EngineName | undefined;
  /** Threads, which change no result either; one if not said. */
  readonly jobs?: number | undefined;
  /** What traces are shortest by; by cost if not said. That takes a second search where something is violated. */
  readonly shortest?: Measure | undefined;
  /** Prove what holds on fewer states (docs/internals/reductions.md); what is violated is searched for without, as ever. */
  readonly reduction?: ReductionName | undefined;
  /** How much of the search is done again by the reference runtime; a sample of the states if not said. */
  readonly audit?: AuditMode | undefined;
  readonly onProgress?: (progress: Progress) => void;
  /** Asked now and then: a reason ends the check, inconclusive. */
  readonly stop?: (() => string | undefined) | undefined;
  /** Called when a bound has ended the search, with what another check can go on `from`. */
  readonly keep?: ((image: Image) => void) | undefined;
  readonly from?: KeptImage | undefined;
}

/** Throws PMC106 for a limit that is no number, or none that can be kept. Infinity is no limit. */
export function mustBeUsable({ maxStates, maxBytes, jobs }: CheckOptions): void {
  for (const [name, value] of Object.entries({ maxStates, maxBytes, jobs })) {
    if (value === undefined || value === Infinity || (Number.isSafeInteger(value) && value > 0)) continue;
    throw new PmucheckError("PMC106", `${name} is ${value}: it takes a whole number from 1 on`);
  }
}

export type CheckRequest = Target & CheckOptions;

export type ChecksRequest = Omit<Target, "property"> &
  CheckOptions & {
    readonly properties: readonly Property[];
    /** No verdict for a property that says nothing of the system; a vacuous one if not said. */
    readonly relevantOnly?: boolean;
  };

/** The reductions there are, as a verdict names them; one at a time, because both at once are not argued for. */
export type ReductionName = "safe-steps" | "symmetry";
