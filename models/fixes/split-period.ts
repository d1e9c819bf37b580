/**
 * split-period: Mark Rutland's proposal: what is left of the sample period is kept apart from what the counter is
 * programmed with, the overflow flag is saved and restored, and the ordinary handler reports.
 *
 * Came out (linux-6.5): closes one-cpu, frequency, multiplex, half-range and with not-after-period also period-
 * change. Breaks no-kernel-sample (the restored interrupt is taken in the kernel that has just switched the task
 * in). Loses in virtual-pmu as predicted. Surprise: loses in disable-enable and cpu-pm, because an event that is
 * stopped again before the restored interrupt came has counted one skid more each time; with skid=0 it holds there.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { markedRelatch, saveFlag } from "../edits/flag.js";

export const splitPeriod: Fix = {
  name: "split-period",
  summary:
    "save and restore the overflow flag, and let a start with a saved flag not consume the sample period",
  idea:
    "At stop the flag is saved. At start with a saved flag the counter is as after a wrap, period_left is not touched, and " +
    "the flag is set: the handler then finds the event as it was when it overflowed, and does what it always does.",
  proposedBy:
    "Mark Rutland, mail of 5 Dec 2023 (branch perf/overflow of his tree, which was not available here)",
  hazards: [
    "a false report after IOC_PERIOD: the saved flag belongs to the old period (guard not-after-period)",
    "the handler runs at the first moment interrupts are unmasked, which is in the kernel: a sample with kernel registers",
    "a virtual PMU whose flag was never set: nothing is saved, the overflow is lost",
    "needs an accessor of PMOVSSET, which mainline does not have",
  ],
  assumes: ["writing PMOVSSET raises the line as an overflow does"],
  claims: EXACTLY_ONCE,
  ...partsOf([saveFlag, markedRelatch]),
};
