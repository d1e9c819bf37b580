/**
 * no-clear: armv8pmu_disable_intens leaves the overflow flag alone.
 *
 * Came out (linux-6.5): as predicted: loses in every scenario in which the driver of the mail loses, by irq and by
 * nmi; no false report, no other property newly broken.
 */
import { changing, type Change, type Fix } from "../../src/spec/fix.js";
import { performs, without } from "../../src/spec/rewrite.js";
import { armv8pmu_disable_intens, armv8pmu_reset } from "../linux/drivers/perf/arm_pmuv3.js";
import { write_pmovsclr } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { EXACTLY_ONCE } from "./common.js";

const ALL = 0xffff_ffff;

/** Whoever relied on disable_intens to clear the flags at a reset has to do it now. */
export const leaveFlags: readonly Change[] = [
  changing(armv8pmu_disable_intens, function* (base, mask) {
    yield* without(base(mask), performs("write_pmovsclr"));
  }),
  changing(armv8pmu_reset, function* (base) {
    yield* base();
    yield* write_pmovsclr(ALL);
  }),
];

export const noClear: Fix = {
  name: "no-clear",
  summary: "drop the PMOVSCLR write from armv8pmu_disable_intens",
  idea:
    "The flag is what the driver loses, so it is not cleared when an event is disabled; the interrupt comes when the counter's " +
    "interrupt is enabled again.",
  proposedBy:
    "the obvious first try; the mail of 20 Nov 2023 shows the write but does not claim that dropping it helps",
  hazards: [
    "still loses: armpmu_start consumes the completed period, and the handler that finds the flag reports nothing",
    "the flag stays behind on a counter that another event, or nobody, has by then: an interrupt for nothing",
  ],
  assumes: [],
  claims: EXACTLY_ONCE,
  changes: leaveFlags,
};
