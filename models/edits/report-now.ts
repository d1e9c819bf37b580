/**
 * Reports without a task: at once, by irq_work, or by the counter itself, at a stop, a del or a start.
 */
import type { Edit } from "../../src/spec/edit.js";
import { changing } from "../../src/spec/fix.js";
import { ignoring, type Kernel } from "../../src/spec/kernel-function.js";
import { arm_pmu_event_max_period, armpmu_event_set_period } from "../linux/drivers/perf/arm_pmu.js";
import { armv8pmu_disable_event, armv8pmu_write_counter } from "../linux/drivers/perf/arm_pmuv3.js";
import { perf_event_overflow, perf_pending_irq } from "../linux/kernel/events/core/overflow.js";
import { irq_work_queue } from "../linux/kernel/irq_work.js";
import { load, store } from "../linux/memory.js";
import { perf_event } from "../linux/structs.js";
import { costs, eventState, fix_of, IRQ_WORK, mergeOverdue } from "./common.js";
import { atDel, atStart, atStop, programming, unlessTaken } from "./notice.js";

/** Consumes the period, and reports. */
const reportNow = unlessTaken(function* (event) {
  yield* ignoring(armpmu_event_set_period, event);
  yield* ignoring(perf_event_overflow, event);
});

const toIrqWork = unlessTaken(function* (event) {
  yield* store(fix_of(event).work, IRQ_WORK);
  yield* ignoring(irq_work_queue, event);
});

const runningIrqWork = changing(perf_pending_irq, function* (base, event) {
  const { work } = fix_of(event);
  if ((yield* load(work)) === IRQ_WORK) {
    yield* store(work, 0);
    yield* ignoring(perf_event_overflow, event);
  }
  yield* base(event);
});

/** What stands in the way of each other: one report per place. */
const AT_STOP = ["stop-call", "stop-irqwork", "stop-mark", "del-call", "del-irqwork", "del-mark"];
export const AT_START = [
  "start-taskwork",
  "start-call",
  "start-irqwork",
  "start-short",
  "start-relatch",
  "start-mark",
];

export function othersAtStop(name: string): readonly string[] {
  return AT_STOP.filter((other) => other !== name);
}

export function othersAtStart(name: string): readonly string[] {
  return AT_START.filter((other) => other !== name);
}

export const stopCall: Edit = {
  name: "stop-call",
  summary: "armpmu_stop reports if a period was completed",
  inC: "armpmu_stop, where it stopped the event and period_left <= 0, calls armpmu_event_set_period and perf_event_overflow.",
  changes: [atStop(reportNow)],
  state: [eventState],
  excludes: othersAtStop("stop-call"),
  cost: costs(8, 1),
};

export const delCall: Edit = {
  name: "del-call",
  summary: "armpmu_del reports if a period was completed",
  inC: "armpmu_del, after armpmu_stop, where period_left <= 0, calls armpmu_event_set_period and perf_event_overflow.",
  changes: [atDel(reportNow)],
  state: [eventState],
  excludes: othersAtStop("del-call"),
  cost: costs(8, 1),
};

export const stopIrqwork: Edit = {
  name: "stop-irqwork",
  summary: "armpmu_stop queues irq_work that reports",
  inC: "armpmu_stop, where period_left <= 0, sets a flag and queues the event's irq_work, which calls perf_event_overflow.",
  changes: [atStop(toIrqWork), runningIrqWork],
  state: [eventState],
  excludes: othersAtStop("stop-irqwork"),
  cost: costs(14, 1, 1),
};

export const delIrqwork: Edit = {
  name: "del-irqwork",
  summary: "armpmu_del queues irq_work that reports",
  inC: "armpmu_del, where period_left <= 0 after the stop, sets a flag and queues the event's irq_work, which calls perf_event_overflow.",
  changes: [atDel(toIrqWork), runningIrqWork],
  state: [eventState],
  excludes: othersAtStop("del-irqwork"),
  cost: costs(14, 1, 1),
};

/** As the handler does: the throttled event's counter is disabled. */
function* reportAtStart(event: string): Kernel {
  if ((yield* perf_event_overflow(event)) !== 0) yield* armv8pmu_disable_event(event);
}

export const startCall: Edit = {
  name: "start-call",
  summary: "armpmu_start reports if armpmu_event_set_period returns 1",
  inC: "armpmu_start keeps what armpmu_event_set_period returns and, if that is 1, calls perf_event_overflow after the counter is enabled.",
  changes: [atStart(reportAtStart)],
  excludes: othersAtStart("start-call"),
  cost: costs(5),
};

export const startIrqwork: Edit = {
  name: "start-irqwork",
  summary: "armpmu_start queues irq_work that reports",
  inC: "armpmu_start, where armpmu_event_set_period returns 1, sets a flag and queues the event's irq_work, which calls perf_event_overflow.",
  changes: [atStart(toIrqWork), runningIrqWork],
  state: [eventState],
  excludes: othersAtStart("start-irqwork"),
  cost: costs(11, 0, 1),
};

/** Programs one event until the overflow, with period_left as it is: it keeps the evidence. */
function* program_short(event: string): Kernel {
  yield* mergeOverdue(event);
  yield* store(perf_event(event).hw.prev_count, BigInt.asUintN(64, -1n));
  yield* armv8pmu_write_counter(event, yield* arm_pmu_event_max_period(event));
}

export const startShort: Edit = {
  name: "start-short",
  summary: "armpmu_start programs one count until the overflow if a period was completed",
  inC: "armpmu_start, where period_left <= 0, does not call armpmu_event_set_period: it sets prev_count and the counter to one count before the overflow.",
  changes: [
    programming(function* (event) {
      const completed = (yield* load(perf_event(event).hw.period_left)) <= 0n;
      if (completed) yield* program_short(event);
      else yield* ignoring(armpmu_event_set_period, event);
    }),
  ],
  excludes: othersAtStart("start-short"),
  cost: costs(10, 1),
};
