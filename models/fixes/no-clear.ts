/**
 * no-clear: armv8pmu_disable_intens leaves the overflow flag alone.
 *
 * Came out (linux-6.5): as predicted: loses in every scenario in which the driver of the mail loses, by irq and by
 * nmi; no false report, no other property newly broken.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { keepFlag } from "../edits/flag.js";

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
  ...partsOf([keepFlag]),
};
