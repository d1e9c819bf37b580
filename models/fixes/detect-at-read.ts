/**
 * detect-at-read: a completed period is reported when somebody reads the event.
 *
 * Came out (linux-6.5): loses as the driver of the mail does: nobody reads in time.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import { ignoring } from "../../src/spec/kernel-function.js";
import { armpmu_event_set_period, armpmu_read } from "../linux/drivers/perf/arm_pmu.js";
import { perf_event_overflow } from "../linux/kernel/events/core/overflow.js";
import { load, store } from "../linux/memory.js";
import { perf_event } from "../linux/structs.js";
import { eventState, EXACTLY_ONCE, fix_of, programming } from "./common.js";

export const detectAtRead: Fix = {
  name: "detect-at-read",
  summary: "remember at start that a period was completed, and report when the event is read",
  idea:
    "start keeps what set_period says. armpmu_read, which looks at the counter anyway, reports it, and also what it finds " +
    "completed itself.",
  proposedBy: "Mark Rutland, 29 Nov 2023: the overflow could be accounted when the event is read",
  hazards: [
    "still loses wherever nobody reads the event before it overflows again",
    "a false report after IOC_PERIOD, as detect-at-start",
    "a read comes from anywhere: registers of an unrelated interrupt, or none",
  ],
  assumes: ["somebody reads the event at least once per period"],
  claims: EXACTLY_ONCE,
  changes: [
    programming(function* (event) {
      if ((yield* armpmu_event_set_period(event)) !== 0) yield* store(fix_of(event).pending, 1);
    }),
    changing(armpmu_read, function* (base, event) {
      yield* base(event);
      const { pending } = fix_of(event);
      const completed = (yield* load(perf_event(event).hw.period_left)) <= 0n;
      if (completed) yield* ignoring(armpmu_event_set_period, event);
      if (!completed && (yield* load(pending)) === 0) return;
      yield* store(pending, 0);
      yield* ignoring(perf_event_overflow, event);
    }),
  ],
  state: [eventState],
};
