/**
 * What a search for fixes came to, as plain data: `pmucheck synthesize --json`.
 */

/** By names, in the order of the catalogue. */
export interface CostedSet {
  readonly edits: readonly string[];
  readonly cost: { readonly lines: number; readonly accesses: number; readonly fields: number };
}

/** A set that meets every requirement, and has no proper subset that does. */
export interface MinimalSet extends CostedSet {
  /** As --fix takes it. */
  readonly fix: string;
  /** The whole matrix with every property; null if it was not verified. */
  readonly verified: WholeMatrix | null;
}

export interface WholeMatrix {
  readonly cells: number;
  readonly fixed: number;
  readonly stillBroken: number;
  /** `scenario/irq property` of cells that were in order without the edits, or are open with them. */
  readonly newlyBroken: readonly string[];
  readonly open: readonly string[];
  /** What stays broken, with and without the edits: cells by property. */
  readonly left: Readonly<Record<string, readonly string[]>>;
}

/** A set that somebody would think of, and the execution that refutes it; null for both if it passes, or is open. */
export interface NaturalCandidate extends CostedSet {
  readonly idea: string;
  readonly refuted: Trace | null;
}

export interface Trace {
  /** `frequency/irq`. */
  readonly cell: string;
  readonly property: string;
  readonly steps: number;
}

/** A shipped set without one of its edits. */
export interface Without {
  readonly edit: string;
  readonly refuted: Trace | null;
}

export interface SynthesisDocument {
  readonly driver: string;
  readonly edits: number;
  readonly required: readonly string[];
  readonly kept: readonly string[];
  readonly excused: readonly { readonly cell: string; readonly property: string; readonly reason: string }[];
  /** Cells that every candidate is put to, and those that only minimal sets are verified in. */
  readonly cells: { readonly searched: number; readonly verifiedOnly: readonly string[] };
  /** Every set of at most so many edits is decided; null if every set of any size is. */
  readonly decidedUpTo: number | null;
  readonly fates: {
    /** Sets of the decided sizes that make sense; null where every size is decided and they were not counted. */
    readonly candidates: number;
    readonly replay: number;
    readonly check: number;
    readonly open: readonly { readonly edits: readonly string[]; readonly reason: string }[];
  };
  readonly minimal: readonly MinimalSet[];
  /** For the cheapest minimal set: what each of its edits is for. */
  readonly without: readonly Without[];
  readonly natural: readonly NaturalCandidate[];
}

/** Why no set of edits meets a requirement in a cell, or which sets do. */
export interface UnsatDocument {
  readonly driver: string;
  readonly cell: string;
  readonly property: string;
  /** A smallest set that meets it; null if every set is decided, and none does. */
  readonly passing: CostedSet | null;
  /** How many executions that break it were found. */
  readonly executions: number;
  /** Executions that cannot all be avoided, none of which can be left out, with what it takes to avoid each. */
  readonly proof: readonly {
    readonly drop: readonly string[];
    readonly add: readonly string[];
    readonly steps: number;
  }[];
}
