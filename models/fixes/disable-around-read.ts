/**
 * disable-around-read: the PMU stands still while an active event is read.
 *
 * Came out: no loss in read-own, read-other, reset-count and read-group where the line is fast (lag=0); with lag=any an NMI
 * that was on its way comes inside, and its handler starts the PMU again.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { readPmuOff } from "../edits/read.js";

export const disableAroundRead: Fix = {
  name: "disable-around-read",
  summary: "armpmu_read disables the PMU around its update",
  idea:
    "With PMCR.E clear no counter wraps, and PMUIRQ is low. So no pseudo-NMI comes between the exchange of prev_count and the " +
    "subtraction from period_left.",
  proposedBy: "this project, for the loss of docs/reference/second-loss.md",
  hazards: [
    "an NMI that was on its way when the PMU stopped still comes inside, and its handler starts the PMU",
    "what happens during the read is not counted, for any event of the CPU",
  ],
  assumes: ["the interrupt line is not late"],
  claims: [],
  ...partsOf([readPmuOff]),
};
