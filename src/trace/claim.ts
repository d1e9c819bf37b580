/**
 * What became of a claim: its checks' documents, and whether they came out as it says.
 */
import type { Claim, Decider } from "../spec/claim.js";
import type { CheckDocument } from "./document.js";

/** One check of a claim, and whether it came out as the claim says. */
export interface Decided {
  readonly decider: Decider;
  readonly check: CheckDocument;
  readonly agrees: boolean;
}

export interface JudgedClaim {
  readonly claim: Claim;
  readonly decided: readonly Decided[];
  /** All its checks came out as it says. */
  readonly agrees: boolean;
}
