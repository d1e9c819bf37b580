/**
 * no-lost-overflow: the smallest set of edits that closes both losses and newly breaks nothing.
 *
 * The eight edits that pmucheck synthesize found (docs/reference/no-lost-overflow.md): task-work-at-start with its guards, but
 * without forget-on-period, which no scenario needs at its default parameters.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { wholeInKvm, wholeOnPeriod, wholeOnRate } from "../edits/guards.js";
import { vetoPowerDown } from "../edits/machine.js";
import { readMasked } from "../edits/read.js";
import { irqsOff, requeue, startTaskwork } from "../edits/task-work.js";

export const noLostOverflow: Fix = {
  name: "no-lost-overflow",
  summary:
    "the smallest fix of both losses: task_work where a start finds a completed period, new periods whole, no power-down and no NMI in between",
  idea:
    "task-work-at-start has the task report what armpmu_event_set_period finds at a start. So that 1 means a completed period " +
    "and nothing else, a new period begins whole (of not-after-period). Events of a CPU, which have no task, wait for their " +
    "interrupt before a power-down (veto-power-down). A read masks pseudo-NMIs around its update (mask-around-read).",
  proposedBy:
    "this project's search (pmucheck synthesize); noticing by set_period's result at start is Mark Rutland's, 29 Nov 2023",
  hazards: [
    "two overflows before any interrupt are one: PMOVS has one bit",
    "clones that swap contexts report in each other, as without it",
    "a task that exits, or never returns to user mode, never reports",
    "changes kernel/events/core.c, which other architectures share; the mask around a read is for arm64",
  ],
  assumes: [
    "perf_event_overflow may be called in process context with the task's user registers",
    "the interrupt of a latched overflow comes while the CPU idles",
  ],
  claims: EXACTLY_ONCE,
  ...partsOf([
    startTaskwork,
    requeue,
    irqsOff,
    wholeOnPeriod,
    wholeOnRate,
    wholeInKvm,
    vetoPowerDown,
    readMasked,
  ]),
};
