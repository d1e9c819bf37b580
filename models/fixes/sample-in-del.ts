/**
 * sample-in-del: armpmu_del reports the overflow that it finds.
 *
 * Came out (linux-6.5): closes the losses at context switches; still loses in frequency and cpu-pm, where the event
 * is stopped in place.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { delCall } from "../edits/report-now.js";

export const sampleInDel: Fix = {
  name: "sample-in-del",
  summary: "call perf_event_overflow from armpmu_del when a period was completed",
  idea: "Like sample-in-stop, but only when the event leaves its counter, which spares the stops and starts in place.",
  proposedBy: "a narrower sample-in-stop",
  hazards: [
    "still loses where the core stops and starts an event in place: IOC_PERIOD, frequency mode, power management",
    "no registers: del runs outside of the PMU's interrupt",
  ],
  assumes: ["perf_event_overflow may be called with the context's lock held"],
  claims: [...EXACTLY_ONCE, "right-task"],
  ...partsOf([delCall]),
};
