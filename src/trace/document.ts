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

/** The value of a signal before the first step. */
export interface SignalValue {
  readonly signal: string;
  readonly cpu: number | null;
  readonly headline: boolean;
  readonly value: string;
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

/** What there is to follow in a trace, by kind: interrupts taken, context switches, tasks moved to another CPU. */
export interface TraceCost {
  readonly interrupts: number;
  readonly switches: number;
  readonly migrations: number;
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
  /** What the signals are in that state, all of them; empty in a trace that an older pmucheck wrote. */
  readonly initial: readonly SignalValue[];
  readonly steps: readonly TraceStep[];
  /** Of all its steps; absent in a trace that an older pmucheck wrote. */
  readonly cost?: TraceCost | undefined;
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

/** How random walks came to a verdict. */
export interface WalksDocument {
  readonly walks: number;
  /** A walk ends after this many steps. */
  readonly maxSteps: number;
  /** fast-check's seed, and its path to the shrunk walk; null if nothing was broken. */
  readonly seed: number;
  readonly path: string | null;
  /** Steps of the violation as it was found, before it was shrunk; null if nothing was broken. */
  readonly found: number | null;
  /** `states` and `transitions` of the check count every visit and every step: how many are distinct is not known. */
  readonly distinct: false;
}

/** By what a trace is shortest: `cost` is interrupts, switches and migrations together first, then steps. */
export type Measure = "cost" | "steps";

export interface ShortestDocument {
  readonly by: Measure;
  /** Why it is not by what was asked for; null if it is. */
  readonly reason: string | null;
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
  /** Steps to the nearest violation, which the trace need not be if it is the cheapest; or to the farthest state. */
  readonly depth: number;
  readonly seconds: number;
  readonly peakRssBytes: number;
  /** Bytes of the visited set, per state. */
  readonly bytesPerState: number;
  readonly witnesses: Readonly<Record<string, boolean>>;
  readonly neverMoved: readonly string[];
  /** The reductions in force: then the counts are of the reduced system. Absent if there were none. */
  readonly reductions?: readonly string[];
  /** The names of the deviations that touch this check (`pmucheck list deviations`). */
  readonly deviations: readonly string[];
  /** Those of them that leave something out, in words. */
  readonly notModelled: readonly string[];
  readonly hash: string;
  readonly trace?: TraceDocument;
  /** By what the trace is shortest; absent if there is none, or if it was not found by exploring. */
  readonly shortest?: ShortestDocument;
  /** If it was checked by random walks, and not by exploring. */
  readonly walks?: WalksDocument;
  /** If a bound was hit: what made the state space large, and what would make it smaller. */
  readonly diagnosis?: DiagnosisDocument;
  /** If it was ended before its end, and can go on. */
  readonly checkpoint?: CheckpointDocument;
}

/** Where a check left what it can go on from. */
export interface CheckpointDocument {
  readonly file: string;
  /** So many states were known when the last level began, so many steps from the initial one. */
  readonly states: number;
  readonly depth: number;
  /** The command that goes on. */
  readonly resume: string;
}

/** A number and between what it is believed to lie. */
export interface EstimatedRange {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** How large a state space is believed to be. */
export interface EstimateDocument extends Omit<Subject, "property"> {
  /** `counted`: exact; `recapture`: by sampling; `lower-bound`: nothing but `atLeast` is known. */
  readonly method: "counted" | "recapture" | "lower-bound";
  /** So many states were seen. */
  readonly atLeast: number;
  /** Null if nothing but a lower bound is known; so are the others. */
  readonly states: EstimatedRange | null;
  readonly seconds: EstimatedRange | null;
  /** Of the visited set. */
  readonly bytes: EstimatedRange | null;
  /** Measured while the first states were explored. */
  readonly statesPerSecond: number;
  readonly bytesPerState: number;
}

/** Why a state space was too large: given with a verdict that a bound made inconclusive. */
export interface DiagnosisDocument {
  /** Random steps along which the values were counted. */
  readonly sampledSteps: number;
  /** Components with most distinct values first, and the steps that made them. */
  readonly components: readonly {
    readonly component: string;
    readonly values: number;
    readonly madeBy: readonly { readonly step: string; readonly values: number }[];
  }[];
  /** The whole state space, estimated the same way as the reductions; null if only a lower bound is known. */
  readonly now: EstimatedRange | null;
  /** What reducing one numeric parameter would give, the smallest first; those of unknown size last. */
  readonly reductions: readonly {
    readonly parameter: string;
    readonly from: number;
    readonly to: number;
    readonly method: EstimateDocument["method"];
    readonly states: EstimatedRange | null;
  }[];
}

/** What `pmucheck check --estimate --json` prints. */
export interface EstimatesDocument {
  readonly tool: "pmucheck";
  readonly version: string;
  readonly estimates: readonly EstimateDocument[];
}

/** What `pmucheck check --json` prints. */
export interface ResultDocument {
  readonly tool: "pmucheck";
  readonly version: string;
  readonly checks: readonly CheckDocument[];
}
