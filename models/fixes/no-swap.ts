/**
 * no-swap: contexts of clones are not swapped while an overflow is latched.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import type { Kernel, Request } from "../../src/spec/kernel-function.js";
import { performs, rewriting } from "../../src/spec/rewrite.js";
import { perf_event_context_sched_out } from "../linux/kernel/events/core/sched.js";
import { overflow_pending } from "./common.js";

export const noSwap: Fix = {
  name: "no-swap",
  summary: "guard: equivalent contexts are not swapped while an overflow of the outgoing task is latched",
  idea:
    "The core swaps the contexts of clones instead of rescheduling their events, unless a SIGTRAP is on its way. An overflow that " +
    "is latched counts as much: without the swap the event is stopped, and whatever fix there is can act on it.",
  proposedBy: "this project's design notes, after the nr_pending test in perf_event_context_sched_out",
  hazards: ["a context switch between clones is slower when it coincides with an overflow"],
  assumes: [],
  claims: [],
  changes: [
    changing(perf_event_context_sched_out, function* (base, task, next) {
      yield* rewriting(base(task, next), (request) =>
        performs("context_equiv")(request) ? equivalentAndQuiet(request) : undefined,
      );
    }),
  ],
};

function* equivalentAndQuiet(request: Request): Kernel<boolean> {
  const equivalent = yield request;
  return equivalent === true && !(yield* overflow_pending());
}
