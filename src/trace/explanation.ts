/**
 * Explanations: what `explain` says about a trace, as plain data. src/explain makes them, src/report shows them.
 */
import type { Subject, TraceDocument } from "./document.js";

export const EXPLANATION_FORMAT = "pmucheck-explanation/1";

/** What a step is, for a reader. */
export interface Place {
  /** The function that makes the access; null for what is no kernel code. */
  readonly function: string | null;
  /** The access, or what hardware or the world outside did. */
  readonly text: string;
}

/** A step of the trace, or of another execution. */
export interface ExplainedStep extends Place {
  /** 1 for the first. */
  readonly step: number;
  readonly process: string;
  readonly choice: string;
  /** It has a choice, or properties were told of it: what a summary should not leave out. */
  readonly notable: boolean;
}

export interface Explanation extends Subject {
  readonly format: typeof EXPLANATION_FORMAT;
  readonly hash: string;
  readonly rule: string;
  /** What breaks the rule, as `crossing of A`; null if a state does. */
  readonly breaking: string | null;
  /** The violation: the last step. */
  readonly violation: ExplainedStep;
  /** The last step before it that observed the same of the same event and broke nothing: how the trouble began. */
  readonly origin: ExplainedStep | null;
  /** The signals that the origin changed, and the last step after it that changed one of them back: the trace it left. */
  readonly erased: { readonly step: ExplainedStep; readonly signal: string } | null;
  readonly noReturn: ExplainedNoReturn | null;
  /** The same prefix, then the shortest way on that avoids the violation. */
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
  /** The last step after which a continuation is known to avoid the violation; 0 is the initial state. */
  readonly after: number;
  /** The first step after which no continuation is known to avoid the violation. */
  readonly step: ExplainedStep;
  /** Is it the next one? Otherwise the effort was not enough to tell. */
  readonly conclusive: boolean;
}

export interface ExplainedNecessary {
  /** Is it known of every decision? In large state spaces kernel steps are not asked about one by one. */
  readonly complete: boolean;
  readonly kinds: readonly ExplainedKind[];
}

export interface ExplainedKind {
  readonly kind: string;
  /** Is it the CPU's, or a decision of hardware or the world outside? */
  readonly kernel: boolean;
  /** Forbidding it makes the violation unreachable; null if that is open. */
  readonly necessary: boolean | null;
  /** Where the trace takes one. */
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
  /** Null if any choice is meant. */
  readonly choice: string | null;
  /** The question is about the state before this step. */
  readonly step: number;
  readonly enabled: boolean;
  /** What the process could do there. */
  readonly offers: readonly string[];
  /** What the trace did there. */
  readonly taken: string;
  /** The conditions that are not met. */
  readonly reasons: readonly string[];
  /** The nearest step of the trace before which it was enabled, and what it looks at that differs there. */
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
    /** Parameters that are smaller than in the trace that was given. */
    readonly parameters: readonly {
      readonly name: string;
      readonly from: number | string;
      readonly to: number | string;
    }[];
    /** Leaving out any one step, and those that cannot be taken then, no longer breaks the rule in this way. */
    readonly oneMinimal: boolean;
    /** All reachable states were looked at: no trace is shorter. */
    readonly shortest: boolean;
    /** States that were looked at. */
    readonly states: number;
  };
}
