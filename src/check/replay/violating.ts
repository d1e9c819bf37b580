/**
 * Replaying a trace that something is to be done with: it has to break a rule at its end.
 */
import { PmucheckError } from "../../spec/errors.js";
import type { TraceDocument } from "../../trace/document.js";
import { replay, type ReplayRequest } from "./replay.js";

export type { ReplayRequest };

/**
 * The trace up to its first broken rule.
 * Throws PMC121 if it breaks none or ends in a loop, and what a replay throws.
 */
export function replayBreaking(request: ReplayRequest): TraceDocument {
  if (request.loop !== null) {
    throw new PmucheckError(
      "PMC121",
      `the trace breaks ${request.property.name} by repeating its last steps for ever: only traces that end can be ` +
        "minimized or explained, because a loop has to stay fair to every process",
    );
  }
  const { unbroken, trace } = replay(request);
  if (unbroken === undefined && trace.steps.length > 0) return trace;
  const why = unbroken ?? "the initial state breaks it already";
  throw new PmucheckError("PMC121", `there is nothing to minimize or explain in the trace: ${why}`);
}
