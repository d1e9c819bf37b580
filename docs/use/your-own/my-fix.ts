/**
 * A fix to start from: see write-your-own-fix.md. Copy it anywhere and run it with `pmucheck check --fix ./my-fix.ts`.
 */
import { calls, changing, replacing, type Fix } from "pmucheck";
import { armpmu_event_set_period, armpmu_start, perf_event_overflow } from "pmucheck/linux";

export const fix: Fix = {
  name: "my-fix",
  summary: "report from armpmu_start what armpmu_event_set_period found",
  idea: "set_period returns 1 when a period was completed while the event was on its way out. Listen to it.",
  proposedBy: "me",
  hazards: ["set_period also returns 1 after IOC_PERIOD"],
  assumes: [],
  claims: ["exactly-once"],
  changes: [
    changing(armpmu_start, function* (base, event, flags) {
      let completed = 0;
      // armpmu_start as the driver has it, but with the result of armpmu_event_set_period kept.
      yield* replacing(base(event, flags), calls(armpmu_event_set_period), function* () {
        completed = yield* armpmu_event_set_period(event);
      });
      if (completed !== 0) yield* perf_event_overflow(event);
    }),
  ],
};
