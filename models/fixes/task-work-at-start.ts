/**
 * task-work-at-start: the start that finds a completed period has the task report it, on its way back to user mode.
 *
 * Came out (linux-6.5): with not-after-period, veto-power-down and mask-around-read exactly-once holds in every scenario but
 * the excused ones, the second loss included, and nothing is newly broken: see findings.ts.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { irqsOff, requeue, startTaskwork } from "../edits/task-work.js";

export const taskWorkAtStart: Fix = {
  name: "task-work-at-start",
  summary:
    "queue task_work where armpmu_event_set_period returns 1 in armpmu_start, and report from it at the return to user mode",
  idea:
    "armpmu_start drops what armpmu_event_set_period returns. 1 says that a period was completed while the event was stopped, or on " +
    "its way out. The event's task is current then, so armpmu_start sets a flag of the event and adds a task_work to the task. The " +
    "work runs before the task executes another instruction at EL0, with interrupts masked: it clears the flag and calls " +
    "perf_event_overflow with the task's user registers, unless the event is off. A start that finds the flag still set queues the " +
    "work again. A start without an overflow makes no access more.",
  proposedBy:
    "this project's search (pmucheck synthesize); noticing by set_period's result at start is Mark Rutland's, 29 Nov 2023",
  hazards: [
    "set_period returns 1 for a new period too, which perf's core begins with period_left = 0 (guard not-after-period)",
    "events of a CPU have no task: they lose as before at a power-down (guard veto-power-down)",
    "clones that swap contexts report in each other, as without it",
    "a task that exits, or never returns to user mode, never reports",
  ],
  assumes: ["perf_event_overflow may be called in process context with the task's user registers"],
  claims: EXACTLY_ONCE,
  ...partsOf([startTaskwork, requeue, irqsOff]),
};
