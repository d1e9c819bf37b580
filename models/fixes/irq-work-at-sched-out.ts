/**
 * irq-work-at-sched-out: an event that leaves its counter with an overflow queues irq_work that reports it.
 *
 * Came out (linux-6.5): closes one-cpu, but charges the next task (right-task) with its registers. Reports after
 * DISABLE and close have returned when the work runs late; still loses in frequency and cpu-pm.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { delIrqwork } from "../edits/report-now.js";

export const irqWorkAtSchedOut: Fix = {
  name: "irq-work-at-sched-out",
  summary: "queue irq_work in armpmu_del that calls perf_event_overflow",
  idea: "Nothing may be sampled with the context's lock held, so the report is put off to the event's irq_work.",
  proposedBy:
    "considered by Mark Rutland, 29 Nov 2023, who says why not: it triggers in the next task's context",
  hazards: [
    "charged to the wrong task: interrupts are unmasked only after the next task was switched in",
    "registers of whatever the irq_work's IPI interrupted",
    "still loses where the core stops and starts an event in place",
  ],
  assumes: [],
  claims: EXACTLY_ONCE,
  ...partsOf([delIrqwork]),
};
