/**
 * Documents: the result of a check as plain JSON data.
 *
 * Documents have a version, and contain all that a renderer needs: each renderer is a pure function of a document.
 */
import type { Observation } from "../spec/observation.js";
import type { SourceLine } from "../spec/kernel-function.js";
import type { Configuration } from "../spec/parameter.js";
import type { KernelReport } from "../spec/scenario.js";
import type { Level } from "../spec/system.js";

export const TRACE_FORMAT = "pmucheck-trace/1";

/** One thing that happened within a step; a step lists them in order. */
export type TraceEvent =
  | {
      readonly kind: "enter";
      readonly function: string;
      readonly arguments: readonly string[];
      /** The line of C that calls it, if C does. */
      readonly at?: SourceLine | undefined;
    }
  | {
      readonly kind: "leave";
      readonly function: string;
      /** Null if the function returns nothing. */
      readonly value: string | null;
      /** The caller dropped the value. */
      readonly ignored: boolean;
    }
  /** An access by kernel code. No other process can see a `local` access, so it is no step of its own. */
  | {
      readonly kind: "access";
      readonly text: string;
      readonly local: boolean;
      /** The line of C that makes it, if C does. */
      readonly at?: SourceLine | undefined;
    }
  /** An action of the hardware or of the world outside. */
  | { readonly kind: "hardware"; readonly text: string };

/** A signal that a step changed. `cpu` is null for a signal of no CPU; see Signal in src/spec/system.ts for `headline`. */
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
  /** The position of the step among the enabled steps of the state before it. */
  readonly index: number;
  readonly process: string;
  /** The named choice; empty if the process had none. */
  readonly choice: string;
  readonly cpu: number | null;
  readonly level: Level | null;
  readonly events: readonly TraceEvent[];
  readonly observations: readonly Observation[];
  readonly changes: readonly SignalChange[];
}

/** What was checked, by names: enough to check it again. */
export interface Subject {
  readonly scenario: string;
  readonly driver: string;
  /** The fixes in the driver, as the user named them; absent if there are none. */
  readonly fix?: string | undefined;
  readonly property: string;
  readonly config: Configuration;
}

/** The cost of a trace: interrupts taken, context switches, and tasks moved to another CPU. */
export interface TraceCost {
  readonly interrupts: number;
  readonly switches: number;
  readonly migrations: number;
}

/** An execution that breaks a property. */
export interface TraceDocument extends Subject {
  readonly format: typeof TRACE_FORMAT;
  /** Identifies model, scenario and property (src/check/fingerprint.ts); only a check with the same hash can replay. */
  readonly hash: string;
  /** The rule of the property that the last step breaks. */
  readonly rule: string;
  readonly cpus: number;
  /** The state in which the trace starts, in one sentence. */
  readonly start: string;
  /** All signals in that state; empty in a trace of an older pmucheck. */
  readonly initial: readonly SignalValue[];
  readonly steps: readonly TraceStep[];
  /** The cost of all steps; absent in a trace of an older pmucheck. */
  readonly cost?: TraceCost | undefined;
  /** The number of steps before the loop, which repeats for ever; null if the trace has no loop. */
  readonly loop: number | null;
  /** The last line of the trace, in the words of the program that met the bug; null if there is none. */
  readonly epilogue: string | null;
  /** The C file of each function that the trace enters or leaves, by the function's name; absent in a trace of an older pmucheck. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** The kernel tree that the driver was made of; absent for a model by hand. */
  readonly kernel?: TracedKernel | undefined;
}

/** Which C a trace is about. */
export type TracedKernel = Pick<KernelReport, "folder" | "version" | "base" | "digest" | "patches">;
/** The steps that decide how a trace ends, 1 for the first; null for one that there is not, or that is not known. */
export interface TraceLandmarks {
  /** The last step that observed the same as the violation and broke nothing: how the trouble began. */
  readonly origin: number | null;
  /** The step after which no headline signal shows any more what the origin changed, and the last such signal. */
  readonly erased: { readonly step: number; readonly signal: string } | null;
  /**
   * The first step after which no continuation avoids the violation, if that is before the last one. "next": the next
   * observation of its kind breaks the rule; "ever": every fair continuation does.
   */
  readonly noReturn: { readonly step: number; readonly avoidedBy: "next" | "ever" } | null;
}

export type Verdict = "violated" | "holds" | "inconclusive" | "vacuous" | "error";

export interface Assumption {
  readonly name: string;
  readonly value: number | string;
  readonly meaning: string;
}

/** The random walks that a verdict rests on. */
export interface WalksDocument {
  readonly walks: number;
  /** The most steps of one walk. */
  readonly maxSteps: number;
  /** fast-check's seed. */
  readonly seed: number;
  /** fast-check's path to the shrunk walk; null if nothing was broken. */
  readonly path: string | null;
  /** Steps of the violating walk before it was shrunk; null if nothing was broken. */
  readonly found: number | null;
  /** `states` and `transitions` of the check count every visit and every step, whether distinct or not. */
  readonly distinct: false;
}

/** The measure by which a trace is shortest. `cost`: fewest interrupts, switches and migrations, then fewest steps. */
export type Measure = "cost" | "steps";

export interface ShortestDocument {
  readonly by: Measure;
  /** Why the measure is not the one that was asked for; null if it is. */
  readonly reason: string | null;
}

/** The verdict of one check, and what it rests on. */
export interface CheckDocument extends Subject {
  readonly sentence: string;
  readonly reference: string;
  readonly assumptions: readonly Assumption[];
  readonly verdict: Verdict;
  /** The bound, the missing witnesses or the error behind any other verdict than "holds" or "violated"; else null. */
  readonly reason: string | null;
  /** True if the whole state space was explored. */
  readonly complete: boolean;
  readonly states: number;
  readonly transitions: number;
  /** Steps to the nearest violation (the cheapest trace may have more), or to the farthest state. */
  readonly depth: number;
  readonly seconds: number;
  readonly peakRssBytes: number;
  /** Bytes of the visited set per state. */
  readonly bytesPerState: number;
  readonly witnesses: Readonly<Record<string, boolean>>;
  readonly neverMoved: readonly string[];
  /** How much of the search was done again, and found to be as it is; absent if there was no search to its end. */
  readonly audit?: AuditDocument;
  /** The reductions in use; the counts are then of the reduced system. Absent if there are none. */
  readonly reductions?: readonly string[];
  /** The names of the deviations that touch this check (`pmucheck list deviations`). */
  readonly deviations: readonly string[];
  /** What those of them say that leave something out. */
  readonly notModelled: readonly string[];
  readonly hash: string;
  readonly trace?: TraceDocument;
  /** How the trace is shortest; absent without a trace, and for a trace of random walks. */
  readonly shortest?: ShortestDocument;
  /** Present if the check made random walks and did not explore. */
  readonly walks?: WalksDocument;
  /** Present if a bound was hit: what made the state space large, and what would make it smaller. */
  readonly diagnosis?: DiagnosisDocument;
  /** If the driver was made of a kernel tree: what was taken from it, and which added lines never ran. */
  readonly kernel?: KernelReport;
  /** Present if it was not explored now: an earlier run came to the same question (docs/internals/result-store.md). */
  readonly stored?: true;
  /** Present if the check was interrupted and can be resumed. */
  readonly checkpoint?: CheckpointDocument;
}

/** How much of a search the reference runtime did again. Where something had differed, there would be no verdict. */
export interface AuditDocument {
  /** A sample of the states, or all of them; `off`: nothing was asked for. */
  readonly mode: "sample" | "full" | "off";
  readonly states: number;
  /** Of those states. */
  readonly transitions: number;
}

/** The checkpoint that an interrupted check left. */
export interface CheckpointDocument {
  readonly file: string;
  /** The states that were known when the last level began, and the level's distance from the initial state in steps. */
  readonly states: number;
  readonly depth: number;
  /** The command that resumes the check. */
  readonly resume: string;
}

/** An estimated number: a middle value, and the ends of the range that it probably lies in. */
export interface EstimatedRange {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** The estimated size of a state space. */
export interface EstimateDocument extends Omit<Subject, "property"> {
  /** `counted`: exact. `recapture`: by sampling (src/simulate/recapture.ts). `lower-bound`: only `atLeast` is known. */
  readonly method: "counted" | "recapture" | "lower-bound";
  /** States that were seen. */
  readonly atLeast: number;
  /** Null, like `seconds` and `bytes`, if only a lower bound is known. */
  readonly states: EstimatedRange | null;
  readonly seconds: EstimatedRange | null;
  /** Bytes of the visited set. */
  readonly bytes: EstimatedRange | null;
  /** Measured while the first states were explored. */
  readonly statesPerSecond: number;
  readonly bytesPerState: number;
}

/** Why a state space was too large. Comes with a verdict that is inconclusive because of a bound. */
export interface DiagnosisDocument {
  /** Random steps of the census (src/simulate/census.ts). */
  readonly sampledSteps: number;
  /** Components and the steps that made their values, most distinct values first. */
  readonly components: readonly {
    readonly component: string;
    readonly values: number;
    readonly madeBy: readonly { readonly step: string; readonly values: number }[];
  }[];
  /** Numbers that got larger the longer a random run was (src/simulate/growth.ts): no bound may be enough. */
  readonly grows: readonly {
    readonly component: string;
    readonly field: string;
    readonly reached: readonly [quarter: number, half: number, whole: number];
    readonly madeBy: string;
  }[];
  /** The estimated size of the whole state space in states; null if only a lower bound is known. */
  readonly now: EstimatedRange | null;
  /** The estimated size with one numeric parameter made smaller: the smallest first, unknown sizes last. */
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
