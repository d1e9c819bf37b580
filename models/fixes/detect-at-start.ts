/**
 * detect-at-start: armpmu_start acts on what armpmu_event_set_period says.
 *
 * Came out (linux-6.5): false reports in period-change and frequency, recursion without end in kvm-overflow, as
 * predicted; with not-after-period it closes every loss and breaks no-kernel-sample only.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import { replacing, calls } from "../../src/spec/rewrite.js";
import { armpmu_event_set_period, armpmu_start } from "../linux/drivers/perf/arm_pmu.js";
import { armv8pmu_disable_event } from "../linux/drivers/perf/arm_pmuv3.js";
import { perf_event_overflow } from "../linux/kernel/events/core/overflow.js";
import { EXACTLY_ONCE } from "./common.js";

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
  changes: [
    changing(armpmu_start, function* (base, event, flags) {
      let completed = 0;
      yield* replacing(base(event, flags), calls(armpmu_event_set_period), function* () {
        completed = yield* armpmu_event_set_period(event);
      });
      if (completed !== 0 && (yield* perf_event_overflow(event)) !== 0) yield* armv8pmu_disable_event(event);
    }),
  ],
};
