/**
 * Explanations: what `explain` says about a trace, as plain data. src/explain makes them, src/report shows them.
 */
import type { Subject, TraceDocument } from "./document.js";

export const EXPLANATION_FORMAT = "pmucheck-explanation/1";

/** A step as a reader sees it. */
export interface Place {
  /** The function that makes the access; null if the step is no kernel code. */
  readonly function: string | null;
  /** The access, or the action of hardware or of the world outside. */
  readonly text: string;
}

/** A step of the trace, or of another execution. */
export interface ExplainedStep extends Place {
  /** 1 for the first. */
  readonly step: number;
  readonly process: string;
  readonly choice: string;
  /** True if the step has a choice or an observation: a summary should keep it. */
  readonly notable: boolean;
}

export interface Explanation extends Subject {
  readonly format: typeof EXPLANATION_FORMAT;
  readonly hash: string;
  /** As in the trace: the C file of each function. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly rule: string;
  /** The observation that breaks the rule, as `crossing of A`; null if a state breaks it. */
  readonly breaking: string | null;
  /** The violation: the last step. */
  readonly violation: ExplainedStep;
  /** The last step before the violation with an observation of the same kind and event that broke nothing. */
  readonly origin: ExplainedStep | null;
  /** The last step that set a signal back which the origin had changed; null if one of these signals was not set back. */
  readonly erased: { readonly step: ExplainedStep; readonly signal: string } | null;
  readonly noReturn: ExplainedNoReturn | null;
  /** An execution with the same prefix and then a shortest continuation that avoids the violation. */
  readonly passing: {
    readonly commonSteps: number;
    readonly instead: ExplainedStep;
    readonly steps: readonly ExplainedStep[];
  } | null;
  readonly necessary: ExplainedNecessary;
  readonly writers: readonly (LastWriter & { readonly by: ExplainedStep })[];
  readonly whyNot: readonly WhyNot[];
}

export interface ExplainedNoReturn {
  readonly avoidedBy: "next" | "ever";
  /** The last step after which some continuation is known to avoid the violation; 0 is the initial state. */
  readonly after: number;
  /** The first step after which no continuation is known to avoid the violation. */
  readonly step: ExplainedStep;
  /** True if that is the step after `after`; else the explorations in between hit their bound. */
  readonly conclusive: boolean;
}

export interface ExplainedNecessary {
  /** True if every decision is decided. In large state spaces, steps of kernel code are not decided one by one. */
  readonly complete: boolean;
  readonly kinds: readonly ExplainedKind[];
}

export interface ExplainedKind {
  readonly kind: string;
  /** True for a step of kernel code; false for a decision of hardware or of the world outside. */
  readonly kernel: boolean;
  /** True if the violation cannot be reached without this kind of step; null if that is open. */
  readonly necessary: boolean | null;
  /** The steps of this kind in the trace; 1 is the first. */
  readonly steps: readonly number[];
}

/** A value that the broken rule depends on, and the last step that wrote it. */
export interface LastWriter {
  readonly value: string;
  readonly from: string;
  readonly to: string;
  /** The step that wrote it, 1 for the first. */
  readonly step: number;
}

/** A value within a state, by name, in two states. */
export interface LeafChange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Why a process could not go at a step. */
export interface WhyNot {
  readonly process: string;
  /** Null if the question is about any choice. */
  readonly choice: string | null;
  /** The question is about the state before this step. */
  readonly step: number;
  readonly enabled: boolean;
  /** The choices that the process had there. */
  readonly offers: readonly string[];
  /** The step that the trace took there. */
  readonly taken: string;
  /** The conditions that are not met. */
  readonly reasons: readonly string[];
  /** The nearest step before which the process was enabled, and the values it reads that differ there. */
  readonly elsewhere: { readonly step: number; readonly differences: readonly LeafChange[] } | null;
}

export interface Size {
  readonly steps: number;
  /** How often the trace leaves one context (a CPU at a level, a device, the world outside) for another. */
  readonly interruptions: number;
}

/** A trace document that replays, and what minimizing did to it. */
export interface MinimizedTrace extends TraceDocument {
  readonly minimized: {
    readonly before: Size;
    readonly after: Size;
    /** The parameters that are smaller than in the given trace. */
    readonly parameters: readonly {
      readonly name: string;
      readonly from: number | string;
      readonly to: number | string;
    }[];
    /** True if the trace is 1-minimal. */
    readonly oneMinimal: boolean;
    /** True if all reachable states were visited: no trace is shorter. */
    readonly shortest: boolean;
    /** States that were visited. */
    readonly states: number;
  };
}
