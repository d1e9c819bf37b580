/**
 * Attribution of errors: whatever a model or a property throws becomes a PmucheckError that names the failed function.
 *
 * Only the caller knows the name that the function has in a scenario. An error that already has a code passes unchanged;
 * anything else becomes the `cause`.
 */
import { PmucheckError, type ErrorCode } from "./errors.js";
import { running } from "./running.js";

/** By code: the next step for the author of the function. */
const NEXT_STEPS: Partial<Record<ErrorCode, string>> = {
  PMC206: "correct what the model says of exchanged names, or check without --symmetry",
  PMC207: "a model must not throw, and must change components by recipes of update() only",
  PMC208: "a property or a witness must answer for every state and every observation",
};

/** Runs what others wrote. What it throws gets the code, and `whose` function failed. */
export function blaming<T>(code: ErrorCode, whose: () => string, run: () => T): T {
  try {
    return running(whose, run);
  } catch (error) {
    if (error instanceof PmucheckError) throw error;
    const reason = reasonOf(error);
    const next = NEXT_STEPS[code];
    const message = `${whose()} failed: ${reason}${next === undefined ? "" : `; ${next}`}`;
    throw new PmucheckError(code, message, { cause: error });
  }
}

/** What was thrown, in words; of something that has none, that it has none. */
export function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "something that cannot be shown was thrown";
  }
}
