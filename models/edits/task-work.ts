/**
 * Reports by task work: the event's task makes them itself on its way back to user mode, with its own registers.
 *
 * The three edits that notice are the stop, the del and the start. The others are parts of how the work is queued and run.
 */
import type { Edit } from "../../src/spec/edit.js";
import { changing } from "../../src/spec/fix.js";
import { kernelFunction, type Kernel, type Request } from "../../src/spec/kernel-function.js";
import { calls, rewriting } from "../../src/spec/rewrite.js";
import { local_irq_disable, local_irq_enable } from "../linux/arch/arm64/include/asm/daifflags.js";
import { armpmu_start, armpmu_stop } from "../linux/drivers/perf/arm_pmu.js";
import { perf_event_overflow, perf_pending_task } from "../linux/kernel/events/core/overflow.js";
import { task_work_add } from "../linux/kernel/signal.js";
import { load, loadStable, postIncrement, preDecrement, store } from "../linux/memory.js";
import {
  perf_event,
  perf_event_context,
  PERF_EVENT_STATE_ACTIVE,
  PERF_EVENT_STATE_INACTIVE,
} from "../linux/structs.js";
import { costs, eventState, fix_of, TASK_WORK } from "./common.js";
import { atDel, atStart, atStop } from "./notice.js";
import { othersAtStart } from "./report-now.js";

/** Once: an event has one callback head. The event's task is current wherever the driver stops or starts the event. */
export const armpmu_queue_overflow = kernelFunction("armpmu_queue_overflow", function* (event: string) {
  const { queued } = fix_of(event);
  if ((yield* loadStable(queued)) !== 0) return;
  yield* store(queued, 1);
  yield* task_work_add(event);
});

export const armpmu_dequeue_overflow = kernelFunction("armpmu_dequeue_overflow", function* (event: string) {
  const { queued } = fix_of(event);
  if ((yield* loadStable(queued)) !== 0) yield* store(queued, 0);
});

/** Nothing is reported while the event is off. */
export const armpmu_report_overflow = kernelFunction("armpmu_report_overflow", function* (event: string) {
  const { work } = fix_of(event);
  yield* armpmu_dequeue_overflow(event);
  if ((yield* load(perf_event(event).state)) < PERF_EVENT_STATE_INACTIVE) return;
  if ((yield* load(work)) !== TASK_WORK) return;
  yield* store(work, 0);
  const throttle = (yield* perf_event_overflow(event, "user")) !== 0;
  const active = (yield* load(perf_event(event).state)) === PERF_EVENT_STATE_ACTIVE;
  if (throttle && active) yield* armpmu_stop(event, 0);
});

/** The task work of the event. perf has one for SIGTRAP (since 6.2), which goes on after it. */
const running = changing(perf_pending_task, function* (base, event) {
  yield* armpmu_report_overflow(event);
  yield* base(event);
});

const queueing = {
  adds: [armpmu_queue_overflow, armpmu_dequeue_overflow, armpmu_report_overflow],
  state: [eventState],
};

/** Events of a CPU have no task that could do it. */
function* toTask(event: string): Kernel {
  const ctx = yield* loadStable(perf_event(event).ctx);
  if ((yield* loadStable(perf_event_context(ctx).task)) === null) return;
  const { work, pending } = fix_of(event);
  yield* store(work, TASK_WORK);
  // Whatever else wanted to act on it at the next start.
  if ((yield* loadStable(pending)) !== 0) yield* store(pending, 0);
  yield* armpmu_queue_overflow(event);
}

const IN_C =
  "sets a flag of the event and calls task_work_add for current (once: `queued`), if the event's context has a task. " +
  "The work clears both, and calls perf_event_overflow with the task's user registers if the event is not off by then; " +
  "if that asks for throttling, it stops the event";

const NOTICES = ["stop-taskwork", "del-taskwork", "start-taskwork"];

export const stopTaskwork: Edit = {
  name: "stop-taskwork",
  summary: "armpmu_stop queues task work if a period was completed",
  inC: `armpmu_stop, where it stopped the event and period_left <= 0 after the update, ${IN_C}.`,
  changes: [atStop(toTask), running],
  ...queueing,
  excludes: ["del-taskwork"],
  cost: costs(25, 1, 2),
};

export const delTaskwork: Edit = {
  name: "del-taskwork",
  summary: "armpmu_del queues task work if a period was completed",
  inC: `armpmu_del, after armpmu_stop, where that stopped the event and period_left <= 0, ${IN_C}.`,
  changes: [atDel(toTask), running],
  ...queueing,
  cost: costs(25, 1, 2),
};

export const startTaskwork: Edit = {
  name: "start-taskwork",
  summary: "armpmu_start queues task work if armpmu_event_set_period returns 1",
  inC: `armpmu_start keeps what armpmu_event_set_period returns and, if that is 1, after the counter is enabled, ${IN_C}.`,
  changes: [atStart(toTask), running],
  ...queueing,
  excludes: othersAtStart("start-taskwork"),
  cost: costs(23, 0, 2),
};

export const requeue: Edit = {
  name: "tw-requeue",
  summary: "armpmu_start queues the work again if nobody has reported yet",
  inC: "armpmu_start, at its end, queues the task work again if the event's flag is still set (the work ran while the event was off).",
  changes: [
    changing(armpmu_start, function* (base, event, flags) {
      yield* base(event, flags);
      if ((yield* loadStable(fix_of(event).work)) === TASK_WORK) yield* armpmu_queue_overflow(event);
    }),
  ],
  ...queueing,
  needs: [NOTICES],
  cost: costs(2),
};

function* held(event: string, request: Request): Kernel<unknown> {
  yield* postIncrement(perf_event_context(yield* loadStable(perf_event(event).ctx)).nr_pending);
  return yield request;
}

export const holdContext: Edit = {
  name: "tw-hold-ctx",
  summary: "contexts are not swapped between clones while work is queued",
  inC: "counts queued work in the context's nr_pending, which perf_event_context_sched_out looks at before it swaps.",
  changes: [
    changing(armpmu_queue_overflow, function* (base, event) {
      yield* rewriting(base(event), (request) =>
        calls(task_work_add)(request) ? held(event, request) : undefined,
      );
    }),
    changing(armpmu_dequeue_overflow, function* (base, event) {
      const queued = (yield* loadStable(fix_of(event).queued)) !== 0;
      yield* base(event);
      if (queued)
        yield* preDecrement(perf_event_context(yield* loadStable(perf_event(event).ctx)).nr_pending);
    }),
  ],
  ...queueing,
  needs: [NOTICES],
  cost: costs(2),
};

export const irqsOff: Edit = {
  name: "tw-irqs-off",
  summary: "the work runs with interrupts masked",
  inC: "perf_pending_task masks interrupts around its body, so that an ioctl or close that wants this CPU waits for it: what it tears down is not reported after it.",
  changes: [
    changing(perf_pending_task, function* (base, event) {
      yield* local_irq_disable();
      yield* base(event);
      yield* local_irq_enable();
    }),
  ],
  needs: [NOTICES],
  cost: costs(3),
};
