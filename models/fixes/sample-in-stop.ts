/**
 * sample-in-stop: armpmu_stop reports the overflow that it finds.
 *
 * Came out (linux-6.5): closes every loss, also period-change and kvm-overflow without a guard (nothing is left
 * over when the new period begins); breaks no-kernel-sample only. Surprise: no recursion, since the driver finds
 * nothing at the stop that KVM's handler makes. Right-task holds, because the event's task is current at every
 * stop.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { stopCall } from "../edits/report-now.js";

export const sampleInStop: Fix = {
  name: "sample-in-stop",
  summary: "call perf_event_overflow from armpmu_stop when a period was completed",
  idea:
    "After the update in armpmu_stop the driver knows that a period was completed. It consumes the period and reports at once, " +
    "as arm_spe does with its pending event.",
  proposedBy: "discussed and rejected by Mark Rutland, mails of 29 Nov and 5 Dec 2023",
  hazards: [
    "no registers: stop runs outside of the PMU's interrupt, so that a sample has none, or those of another interrupt",
    "the irq_work of the report runs in the next task (signals go to the owner, a SIGTRAP must be put off)",
    "recursion where an overflow handler stops its event (KVM)",
  ],
  assumes: ["perf_event_overflow may be called with the context's lock held"],
  claims: [...EXACTLY_ONCE, "right-task"],
  ...partsOf([stopCall]),
};
