/**
 * Documents: what pmucheck says about a check, as plain JSON data. Versioned, and complete enough that every
 * renderer is a pure function of it.
 */
import type { Observation } from "../spec/observation.js";
import type { Configuration } from "../spec/parameter.js";
import type { Level } from "../spec/system.js";

export const TRACE_FORMAT = "pmucheck-trace/1";

/** What happened within a step, in order. */
export type TraceEvent =
  | { readonly kind: "enter"; readonly function: string; readonly arguments: readonly string[] }
  | {
      readonly kind: "leave";
      readonly function: string;
      /** Null if the function returns nothing. */
      readonly value: string | null;
      /** The caller dropped the value. */
      readonly ignored: boolean;
    }
  /** An access of the kernel's; `local` ones can be seen by nobody else and are no step of their own. */
  | { readonly kind: "access"; readonly text: string; readonly local: boolean }
  /** Something hardware or the world outside did. */
  | { readonly kind: "hardware"; readonly text: string };

export interface SignalChange {
  readonly signal: string;
  readonly cpu: number | null;
  readonly headline: boolean;
  readonly from: string;
  readonly to: string;
}

export interface TraceStep {
  /** Its position among the enabled steps of the state before it. */
  readonly index: number;
  readonly process: string;
  /** The named choice, empty if there was none. */
  readonly choice: string;
  readonly cpu: number | null;
  readonly level: Level | null;
  readonly events: readonly TraceEvent[];
  readonly observations: readonly Observation[];
  readonly changes: readonly SignalChange[];
}

/** What was checked: enough to check it again. */
export interface Subject {
  readonly scenario: string;
  readonly driver: string;
  /** The fixes in the driver, as they were named; absent if there are none. */
  readonly fix?: string | undefined;
  readonly property: string;
  readonly config: Configuration;
}

/** An execution that breaks a property. */
export interface TraceDocument extends Subject {
  readonly format: typeof TRACE_FORMAT;
  /** Identifies model, scenario and property; a trace is replayed only against the same. */
  readonly hash: string;
  /** Which rule of the property the last step breaks. */
  readonly rule: string;
  readonly cpus: number;
  /** The state in which the trace starts, in one sentence. */
  readonly start: string;
  readonly steps: readonly TraceStep[];
  /** The steps after this many repeat for ever; null if the trace ends with its last step. */
  readonly loop: number | null;
  /** The end in the words of the program that met the bug; null if there are none. */
  readonly epilogue: string | null;
}

export type Verdict = "violated" | "holds" | "inconclusive" | "vacuous" | "error";

export interface Assumption {
  readonly name: string;
  readonly value: number | string;
  readonly meaning: string;
}

/** The verdict of one check, with all it rests on. */
export interface CheckDocument extends Subject {
  readonly sentence: string;
  readonly reference: string;
  readonly assumptions: readonly Assumption[];
  readonly verdict: Verdict;
  /** Why the verdict is not "holds" or "violated": the bound, the missing witnesses, the error; else null. */
  readonly reason: string | null;
  /** Was the whole state space explored? */
  readonly complete: boolean;
  readonly states: number;
  readonly transitions: number;
  /** Steps to the violation, or to the farthest state. */
  readonly depth: number;
  readonly seconds: number;
  readonly peakRssBytes: number;
  /** Bytes of the visited set, per state. */
  readonly bytesPerState: number;
  readonly witnesses: Readonly<Record<string, boolean>>;
  readonly neverMoved: readonly string[];
  readonly notModelled: readonly string[];
  readonly hash: string;
  readonly trace?: TraceDocument;
}

/** What `pmucheck check --json` prints. */
export interface ResultDocument {
  readonly tool: "pmucheck";
  readonly version: string;
  readonly checks: readonly CheckDocument[];
}
