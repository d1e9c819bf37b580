/**
 * Claims: what somebody said, and the checks that decide whether it is so in these models.
 */

/** The verdict that a claim, if it is right, leads us to. */
export type Expectation = "violated" | "holds" | "vacuous";

/** One check that a claim rests on, by names. */
export interface Decider {
  readonly scenario: string;
  readonly driver: string;
  /** Candidate fixes in the driver, `a+b`; absent for the driver as it is. */
  readonly fix?: string;
  readonly property: string;
  /** Parameter settings; the others have their defaults. */
  readonly set: Readonly<Record<string, string>>;
  readonly expect: Expectation;
  /** What the trace of a violation must show besides. */
  readonly shows?: {
    readonly what: string;
    readonly inTrace: (steps: readonly ShownStep[], epilogue: string | null) => boolean;
  };
}

/** A step of a trace, as far as claims look at it. */
export interface ShownStep {
  readonly events: readonly (
    | { readonly kind: "enter"; readonly function: string }
    | {
        readonly kind: "leave";
        readonly function: string;
        readonly value: string | null;
        readonly ignored: boolean;
      }
    | { readonly kind: "access" | "hardware" }
  )[];
  readonly changes: readonly { readonly signal: string; readonly to: string }[];
}

export interface Claim {
  readonly name: string;
  /** Who said it, and when. */
  readonly who: string;
  /** What was said, in one sentence of ours. */
  readonly claim: string;
  /** It is so if all of them come out as expected. */
  readonly decidedBy: readonly Decider[];
  /** What a reader has to know besides; why it does not come out as said, if it does not. */
  readonly note?: string;
}
