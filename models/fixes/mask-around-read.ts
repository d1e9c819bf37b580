/**
 * mask-around-read: nothing interrupts the update of an active event that is read.
 *
 * Came out: no loss, no false report and no wrong count in read-own, read-other, reset-count and read-group, by irq and by
 * nmi, with any lag.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import { operation } from "../../src/spec/kernel-function.js";
import { pe } from "../arm/pe.js";
import { write_daif_i } from "../linux/arch/arm64/include/asm/daifflags.js";
import { armpmu_read } from "../linux/drivers/perf/arm_pmu.js";

/** `mrs daif`, the I bit. */
const read_daif_i = operation<[], boolean>({
  name: "read_daif_i",
  perform: (view, cpu) => view.read(pe(cpu)).PSTATE.I,
  show: (_, masked) => `PSTATE.I is ${masked ? 1 : 0}`,
});

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
  changes: [
    changing(armpmu_read, function* (base, event) {
      const masked = yield* read_daif_i();
      yield* write_daif_i(true);
      yield* base(event);
      yield* write_daif_i(masked);
    }),
  ],
};
