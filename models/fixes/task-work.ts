/**
 * task-work: the task itself reports the overflow, on its way back to user mode.
 *
 * Came out (linux-6.5): closes every loss of a task's event with the right task and its registers, without more
 * skid. With not-after-period, no-swap, veto-power-down and keep-disabled every safety property but two holds in
 * every scenario by irq and nmi: see `combinations` in catalogue.ts.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { holdContext, irqsOff, requeue, stopTaskwork } from "../edits/task-work.js";

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
  ...partsOf([stopTaskwork, requeue, holdContext, irqsOff]),
};
