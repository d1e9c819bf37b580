/**
 * What an explorer page carries: traces, and what was found out about each step of them. Plain data.
 */
import type { TraceCost, TraceDocument } from "../../trace/document.js";
import type { SourceLine } from "../../spec/kernel-function.js";
import type { LeafChange } from "../../trace/explanation.js";
import type { Remedy } from "./remedy.js";

export const PAGE_FORMAT = "pmucheck-page/1";

export interface PageDocument {
  readonly format: typeof PAGE_FORMAT;
  readonly version: string;
  /** The verdicts that the traces are of, and others, in a line each; empty if the page is of traces alone. */
  readonly verdicts: readonly string[];
  readonly entries: readonly PageEntry[];
  /** Traces that would have made the file too large, in a line each. */
  readonly leftOut: readonly string[];
  /** Is the first trace shown beside the second one at first? */
  readonly isComparison: boolean;
}

/** A trace, and what a reader may ask about it. */
export interface PageEntry {
  /** The property in one sentence. */
  readonly sentence: string;
  readonly trace: TraceDocument;
  /** Null if the trace belongs to models that are not at hand. */
  readonly facts: TraceFacts | null;
  /** What explorations decided; null if nothing was asked, as for a path that breaks no rule. */
  readonly decided: Decided | null;
  /** Why the page cannot run the model of this trace; null if it can. */
  readonly cannotPlay: string | null;
  /** The command that shows the trace again. */
  readonly replay: string;
  /** Lines of steps that are not in the trace, for a reader who takes them. */
  readonly lines: readonly LineOfSort[];
  /** For a trace without steps that the reader is to make: what it is to be. Null for any other. */
  readonly lesson: Lesson | null;
}

/** Something to do: to break a sentence, as cheaply as can be. */
export interface Lesson {
  readonly title: string;
  /** In paragraphs. */
  readonly task: readonly string[];
  /** Each says more than the one before. */
  readonly hints: readonly string[];
  /** The cheapest way that there is; null if the checker found that there is none. */
  readonly best: {
    readonly cost: TraceCost;
    readonly rule: string;
    readonly names: readonly NamedStep[];
    /** What counts as having kept the rule: of the explanation of that way. */
    readonly keptBy: "next" | "ever";
  } | null;
  /** States that the checker visited to know it. */
  readonly states: number;
}

/** What can be said of a trace by running its steps. */
export interface TraceFacts {
  /** The names of the components of a state. */
  readonly components: readonly string[];
  /** The values in the initial state, by the names of src/explain/leaves.ts. */
  readonly initial: Readonly<Record<string, string>>;
  readonly steps: readonly StepFacts[];
  /** What can happen after the last step. */
  readonly after: readonly Offer[];
}

export interface StepFacts {
  readonly writes: readonly LeafChange[];
  /** The components that the step read, by position in `components`. */
  readonly reads: readonly number[];
  /** What could happen before the step, in the machine's order: the step itself is at its `index`. */
  readonly offers: readonly Offer[];
  /** The line that makes the step; null if none is known, absent for a step that was taken in the page. */
  readonly source?: StepSource | null;
}

/** The line that makes the steps of a sort (src/explorer/play/facts.ts). */
export interface LineOfSort {
  readonly sort: string;
  readonly source: StepSource;
}

/** A line of a model, or of the C of the user's own tree. */
export interface StepSource extends SourceLine {
  readonly text: string;
}

/** A step by its names, as a trace has it. */
export interface NamedStep {
  readonly process: string;
  readonly choice: string;
}

/** An enabled step. */
export interface Offer {
  readonly process: string;
  readonly choice: string;
  /** What it does, as a trace says it. */
  readonly text: string;
  /** The kernel function that makes the access; null if it is no kernel code. */
  readonly within: string | null;
}

/** A reason, and when there was it: after each of these steps, first and last. */
export interface NotTaken {
  readonly why: string;
  readonly spans: readonly (readonly [first: number, last: number])[];
}

/** What explorations decided about a trace. Steps are numbered from 1. */
export interface Decided {
  /** How the trouble began, and the step after which the hardware shows it no more; null if there is none. */
  readonly origin: number | null;
  readonly erased: { readonly step: number; readonly signal: string } | null;
  readonly noReturn: {
    /** "next": the next observation like the last one breaks the rule; "ever": every way on does. */
    readonly avoidedBy: "next" | "ever";
    /** The last step after which the rule can still be kept; 0 is the initial state. */
    readonly after: number;
    /** The first step after which it cannot. */
    readonly by: number;
  } | null;
  /** What the last step did that broke the rule, as `crossing of A`; null if a state breaks it. */
  readonly breaking: string | null;
  /** The steps without whose kind the violation cannot be reached. */
  readonly needed: readonly number[];
  /** The steps without whose kind it can be reached in another way. Of the others it is not decided. */
  readonly spare: readonly number[];
  /** True if the need of every decision of the world is decided. */
  readonly isNeedComplete: boolean;
  /** The nearest execution that goes well: how many steps it has in common, and its steps from there on. */
  readonly passing: {
    readonly after: number;
    /** What its first own step does. */
    readonly instead: string;
    readonly names: readonly NamedStep[];
  } | null;
  /** Why no interrupt was taken from the origin to where the hardware shows it no more; empty if nobody asked. */
  readonly notTaken: readonly NotTaken[];
  /** Whether the fix that pmucheck proposes closes it; null if nobody asked, or if it is not for that. */
  readonly remedy: Remedy | null;
  /** The explanation as a paragraph. */
  readonly words: string;
}
