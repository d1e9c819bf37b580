/**
 * Deciding claims: runs each claim's checks and compares their verdicts with what the claim leads us to expect.
 */
import type { Claim, Decider } from "../../spec/claim.js";
import type { Decided, JudgedClaim } from "../../trace/claim.js";
import type { CheckDocument } from "../../trace/document.js";

/**
 * One claim after another, so that a user who stops has those before. `run` makes the check that a decider names; a check
 * that two claims share is made once.
 */
export function* judgeClaims(
  claims: readonly Claim[],
  run: (decider: Decider) => CheckDocument,
): Generator<JudgedClaim, undefined> {
  const made = new Map<string, CheckDocument>();
  for (const claim of claims) {
    const decided = claim.decidedBy.map((decider): Decided => {
      const { scenario, driver, fix = "", property, set } = decider;
      const key = JSON.stringify([scenario, driver, fix, property, set]);
      const check = made.get(key) ?? run(decider);
      made.set(key, check);
      return { decider, check, agrees: comesOut(decider, check) };
    });
    yield { claim, decided, agrees: decided.every(({ agrees }) => agrees) };
  }
}

function comesOut({ expect, shows }: Decider, { verdict, trace }: CheckDocument): boolean {
  if (verdict !== expect) return false;
  if (shows === undefined) return true;
  return trace !== undefined && shows.inTrace(trace.steps, trace.epilogue);
}
