/**
 * mask-around-read: nothing interrupts the update of an active event that is read.
 *
 * Came out: no loss, no false report and no wrong count in read-own, read-other, reset-count and read-group, by irq and by
 * nmi, with any lag.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { readMasked } from "../edits/read.js";

export const maskAroundRead: Fix = {
  name: "mask-around-read",
  summary: "armpmu_read masks everything, pseudo-NMIs too, around its update",
  idea:
    "PSTATE.I masks what a priority mask lets through. The pseudo-NMI comes after the subtraction from period_left, finds the " +
    "period over, and reports.",
  proposedBy: "this project, for the loss of docs/reference/second-loss.md",
  hazards: ["arm_pmu.c is shared with 32-bit Arm, where DAIF is not: the mask belongs into the arm64 driver"],
  assumes: [],
  claims: ["count-conservation", "phase"],
  ...partsOf([readMasked]),
};
