/**
 * Guards: what restrains a report that nobody wants, or that would be false.
 */
import type { Edit } from "../../src/spec/edit.js";
import { changing } from "../../src/spec/fix.js";
import type { Kernel } from "../../src/spec/kernel-function.js";
import { following, performs, rewriting } from "../../src/spec/rewrite.js";
import { perf_event_exit_task_context } from "../linux/kernel/events/core/exit.js";
import { __perf_event_period } from "../linux/kernel/events/core/ioctl.js";
import { kvm_pmu_perf_overflow } from "../linux/kernel/events/core/overflow.js";
import { __perf_event_disable, __perf_remove_from_context } from "../linux/kernel/events/core/state.js";
import { perf_adjust_period } from "../linux/kernel/events/core/tick.js";
import { load, loadStable, store } from "../linux/memory.js";
import { perf_event, perf_event_context } from "../linux/structs.js";
import { costs, eventState } from "./common.js";
import { forget, quietly } from "./quiet.js";

/** Edits that remember something of an event. */
const REMEMBERING = [
  "stop-taskwork",
  "del-taskwork",
  "start-taskwork",
  "stop-irqwork",
  "del-irqwork",
  "start-irqwork",
  "save-flag",
  "stop-mark",
  "del-mark",
  "start-mark",
];

/** Edits that look at a completed period when an event stops. */
const AT_STOP = [...REMEMBERING, "stop-call", "del-call"];

/** period_left says what is left, not that something was completed. */
function* beginWhole(event: string): Kernel {
  const { period_left, sample_period } = perf_event(event).hw;
  yield* store(period_left, yield* load(sample_period));
}

export const forgetOnPeriod: Edit = {
  name: "forget-on-period",
  summary: "IOC_PERIOD drops what was remembered of the old period",
  inC: "__perf_event_period, where it begins the new period, clears what the driver has remembered of the event.",
  changes: [
    changing(__perf_event_period, function* (base, event, value) {
      yield* following(base(event, value), performs("startAfresh"), () => forget(event));
    }),
  ],
  state: [eventState],
  needs: [REMEMBERING],
  cost: costs(2),
};

export const wholeOnPeriod: Edit = {
  name: "whole-on-period",
  summary: "IOC_PERIOD begins the new period with its whole length, not with 0",
  inC: "__perf_event_period writes the new period to period_left instead of 0.",
  changes: [
    changing(__perf_event_period, function* (base, event, value) {
      yield* following(base(event, value), performs("startAfresh"), () => beginWhole(event));
    }),
  ],
  cost: costs(1),
};

export const wholeOnRate: Edit = {
  name: "whole-on-rate",
  summary: "frequency mode begins a new period with its whole length, unless one is owed",
  inC: "perf_adjust_period, where it begins a new period, writes the period to period_left instead of 0, unless period_left was at most 0: a completed period is still owed then.",
  changes: [
    changing(perf_adjust_period, function* (base, event) {
      const owed = (yield* load(perf_event(event).hw.period_left)) <= 0n;
      yield* following(base(event), performs("startAfresh"), function* () {
        // 0 is what is left of a period that was completed.
        if (!owed) yield* beginWhole(event);
      });
    }),
  ],
  cost: costs(3),
};

export const wholeInKvm: Edit = {
  name: "whole-in-kvm",
  summary: "KVM's overflow handler begins the new period with its whole length",
  inC: "kvm_pmu_perf_overflow writes the new period to period_left too, instead of 0.",
  changes: [
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
  cost: costs(1),
};

function* eventsIn(ctx: string): Kernel<readonly string[]> {
  const { pinned_groups, flexible_groups } = perf_event_context(ctx);
  const events: string[] = [];
  for (const leader of [...(yield* loadStable(pinned_groups)), ...(yield* loadStable(flexible_groups))]) {
    events.push(leader, ...(yield* loadStable(perf_event(leader).sibling_list)));
  }
  return events;
}

export const notOnClose: Edit = {
  name: "quiet-on-close",
  summary: "an overflow found while an event is closed or its task exits is dropped",
  inC: "__perf_remove_from_context and perf_event_exit_task_context set a flag of the event around their bodies, which the driver looks at before it remembers or reports; then they clear what it has remembered.",
  changes: [
    changing(__perf_remove_from_context, function* (base, event, flags) {
      yield* quietly([event], base(event, flags));
      yield* forget(event);
    }),
    changing(perf_event_exit_task_context, function* (base, child, ctx) {
      const events = yield* eventsIn(ctx);
      yield* quietly(events, base(child, ctx));
      for (const event of events) yield* forget(event);
    }),
  ],
  state: [eventState],
  needs: [AT_STOP],
  cost: costs(8, 0, 1),
};

export const notOnDisable: Edit = {
  name: "quiet-on-disable",
  summary: "an overflow found while an event is disabled by ioctl is dropped",
  inC: "__perf_event_disable sets a flag of the event around its body, which the driver looks at before it remembers or reports; then it clears what was remembered.",
  changes: [
    changing(__perf_event_disable, function* (base, event, data) {
      yield* quietly([event], base(event, data));
      yield* forget(event);
    }),
  ],
  state: [eventState],
  needs: [AT_STOP],
  cost: costs(4, 0, 1),
};
