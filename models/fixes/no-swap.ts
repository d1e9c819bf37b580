/**
 * no-swap: contexts of clones are not swapped while an overflow is latched.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { noSwap as edit } from "../edits/machine.js";

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
  ...partsOf([edit]),
};
