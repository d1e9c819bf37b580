/**
 * detect-at-start: armpmu_start acts on what armpmu_event_set_period says.
 *
 * Came out (linux-6.5): false reports in period-change and frequency, recursion without end in kvm-overflow, as
 * predicted; with not-after-period it closes every loss and breaks no-kernel-sample only.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { startCall } from "../edits/report-now.js";

export const detectAtStart: Fix = {
  name: "detect-at-start",
  summary: "report from armpmu_start when armpmu_event_set_period returns 1",
  idea:
    "set_period says that a period was completed while the event was stopped or on its way out; nobody listens. Here start " +
    "listens, and reports as the handler would.",
  proposedBy:
    "Mark Rutland, 29 Nov 2023: the overflow could be accounted when the event is reprogrammed at schedule-in",
  hazards: [
    "a false report after IOC_PERIOD and frequency adjustment: period_left = 0 makes set_period return 1 (guard not-after-period)",
    "no registers: start runs outside of the PMU's interrupt",
    "recursion without end where an overflow handler restarts its event with period_left = 0 (KVM)",
  ],
  assumes: ["perf_event_overflow may be called with the context's lock held"],
  claims: [...EXACTLY_ONCE, "right-task"],
  ...partsOf([startCall]),
};
