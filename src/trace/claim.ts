/**
 * Judged claims: the documents of a claim's checks, and whether their verdicts are the expected ones.
 */
import type { Claim, Decider } from "../spec/claim.js";
import type { CheckDocument } from "./document.js";

/** One check of a claim. `agrees`: its verdict is the expected one. */
export interface Decided {
  readonly decider: Decider;
  readonly check: CheckDocument;
  readonly agrees: boolean;
}

export interface JudgedClaim {
  readonly claim: Claim;
  readonly decided: readonly Decided[];
  /** True if all its checks agree. */
  readonly agrees: boolean;
}
