/**
 * task-work: the task itself reports the overflow, on its way back to user mode.
 *
 * Came out (linux-6.5): closes every loss of a task's event with the right task and its registers, without more
 * skid. With not-after-period, no-swap, veto-power-down and keep-disabled every safety property but two holds in
 * every scenario by irq and nmi: see `combinations` in catalogue.ts.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import type { Kernel } from "../../src/spec/kernel-function.js";
import { armpmu_start, armpmu_stop } from "../linux/drivers/perf/arm_pmu.js";
import { local_irq_disable, local_irq_enable } from "../linux/arch/arm64/include/asm/daifflags.js";
import { perf_event_overflow, perf_pending_task } from "../linux/kernel/events/core/overflow.js";
import { load, loadStable, postIncrement, preDecrement, store } from "../linux/memory.js";
import { task_work_add } from "../linux/kernel/signal.js";
import {
  perf_event,
  perf_event_context,
  PERF_EVENT_STATE_ACTIVE,
  PERF_EVENT_STATE_INACTIVE,
} from "../linux/structs.js";
import { atStop, eventState, EXACTLY_ONCE, fix_of } from "./common.js";

/**
 * Once: an event has one callback head. The event's task is current wherever the driver stops or starts the event, and
 * nr_pending keeps it from swapping contexts with a clone before the work has run.
 */
function* queue(event: string): Kernel {
  const { queued } = fix_of(event);
  if ((yield* loadStable(queued)) !== 0) return;
  yield* store(queued, 1);
  yield* postIncrement(perf_event_context(yield* loadStable(perf_event(event).ctx)).nr_pending);
  yield* task_work_add(event);
}

export const taskWork: Fix = {
  name: "task-work",
  summary:
    "notice a completed period at stop, and report it from task_work at the task's return to user mode",
  idea:
    "At stop period_left <= 0 says that a period was completed. The event's task is current then, so a task_work is added to it; " +
    "it runs before the task executes another instruction at EL0, on whatever CPU, with the task's own registers. Nothing is " +
    "reported while the event is off; the next start queues the work again.",
  proposedBy: "this project's design notes, after perf's own pending_task for SIGTRAP (since 6.2)",
  hazards: [
    "events of a CPU have no task: they lose as before (combine with relatch-at-start)",
    "a task that exits, or never returns to user mode, never reports",
    "reports after IOC_PERIOD what belongs to the old period (guard not-after-period)",
    "two overflows in the kernel before the return to user mode become one",
  ],
  assumes: ["perf_event_overflow may be called in process context with the task's user registers"],
  claims: [...EXACTLY_ONCE, "right-task"],
  changes: [
    atStop(function* (event) {
      const ctx = yield* loadStable(perf_event(event).ctx);
      if ((yield* loadStable(perf_event_context(ctx).task)) === null) return;
      const { work, pending } = fix_of(event);
      yield* store(work, 1);
      // Whatever else wanted to act on it at the next start.
      if ((yield* loadStable(pending)) !== 0) yield* store(pending, 0);
      yield* queue(event);
    }),
    changing(armpmu_start, function* (base, event, flags) {
      yield* base(event, flags);
      if ((yield* loadStable(fix_of(event).work)) !== 0) yield* queue(event);
    }),
    changing(perf_pending_task, function* (base, event) {
      const { work, queued } = fix_of(event);
      // An ioctl or close that wants this CPU has to wait: what it tears down is not reported after it.
      yield* local_irq_disable();
      if ((yield* loadStable(queued)) !== 0) {
        yield* store(queued, 0);
        yield* preDecrement(perf_event_context(yield* loadStable(perf_event(event).ctx)).nr_pending);
      }
      const wanted = (yield* load(perf_event(event).state)) >= PERF_EVENT_STATE_INACTIVE;
      if (wanted && (yield* load(work)) !== 0) {
        yield* store(work, 0);
        const throttle = (yield* perf_event_overflow(event, "user")) !== 0;
        const active = (yield* load(perf_event(event).state)) === PERF_EVENT_STATE_ACTIVE;
        if (throttle && active) yield* armpmu_stop(event, 0);
      }
      yield* base(event);
      yield* local_irq_enable();
    }),
  ],
  state: [eventState],
};
