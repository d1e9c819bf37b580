/**
 * Claims: statements of others about the kernel, and the checks that decide whether they are true in these models.
 */

/** The verdict that a claim predicts. */
export type Expectation = "violated" | "holds" | "vacuous";

/** One check that decides a claim, by names. */
export interface Decider {
  readonly scenario: string;
  readonly driver: string;
  /** The fixes in the driver, as `a+b`; absent for none. */
  readonly fix?: string;
  readonly property: string;
  /** Parameter settings by name. The other parameters have their defaults. */
  readonly set: Readonly<Record<string, string>>;
  readonly expect: Expectation;
  /** What the trace of the violation must also show; `what` says it in words. */
  readonly shows?: {
    readonly what: string;
    readonly inTrace: (steps: readonly ShownStep[], epilogue: string | null) => boolean;
  };
}

/** The fields of a trace's step that claims use. */
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
  /** The person who made the claim, and the date. */
  readonly who: string;
  /** The claim, in one sentence of our words. */
  readonly claim: string;
  /** The claim is true in these models if all verdicts are the expected ones. */
  readonly decidedBy: readonly Decider[];
  /** What else a reader must know, or why the claim is not true. */
  readonly note?: string;
}
