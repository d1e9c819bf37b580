/**
 * not-after-period: a guard: a new sample period begins with nothing owed, and whole.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import type { Kernel } from "../../src/spec/kernel-function.js";
import { following, performs, rewriting } from "../../src/spec/rewrite.js";
import { __perf_event_period } from "../linux/kernel/events/core/ioctl.js";
import { kvm_pmu_perf_overflow } from "../linux/kernel/events/core/overflow.js";
import { perf_adjust_period } from "../linux/kernel/events/core/tick.js";
import { load, store } from "../linux/memory.js";
import { perf_event } from "../linux/structs.js";
import { eventState } from "./common.js";
import { forget } from "./quiet.js";

/** period_left says what is left, not that something was completed. */
function* beginWhole(event: string): Kernel {
  const { period_left, sample_period } = perf_event(event).hw;
  yield* store(period_left, yield* load(sample_period));
}

export const notAfterPeriod: Fix = {
  name: "not-after-period",
  summary:
    "guard: IOC_PERIOD drops what was found before it, and period_left = 0 no longer means a fresh period",
  idea:
    "perf's core writes period_left = 0 so that the next start begins a whole period, which looks like a completed one. The core " +
    "writes the period itself instead, and whatever a fix has kept of the old period is dropped. Frequency mode keeps what is owed.",
  proposedBy:
    "Mark Rutland, 5 Dec 2023: an audit of, and small changes to, the ioctls that modify the period",
  hazards: ["changes kernel/events/core.c, which other architectures share"],
  assumes: [],
  claims: [],
  changes: [
    changing(__perf_event_period, function* (base, event, value) {
      yield* following(base(event, value), performs("startAfresh"), function* () {
        yield* forget(event);
        yield* beginWhole(event);
      });
    }),
    changing(perf_adjust_period, function* (base, event) {
      const owed = (yield* load(perf_event(event).hw.period_left)) <= 0n;
      yield* following(base(event), performs("startAfresh"), function* () {
        // 0 is what is left of a period that was completed.
        if (!owed) yield* beginWhole(event);
      });
    }),
    // KVM's handler writes 0 and then the new period; here the new period is what is left.
    changing(kvm_pmu_perf_overflow, function* (base, event) {
      let stores = 0;
      yield* rewriting(base(event), (request) =>
        performs("store")(request) && ++stores === 2
          ? (function* () {
              yield request;
              yield* beginWhole(event);
            })()
          : undefined,
      );
    }),
  ],
  state: [eventState],
};
