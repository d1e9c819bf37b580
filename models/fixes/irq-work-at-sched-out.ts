/**
 * irq-work-at-sched-out: an event that leaves its counter with an overflow queues irq_work that reports it.
 *
 * Came out (linux-6.5): closes one-cpu, but charges the next task (right-task) with its registers. Reports after
 * DISABLE and close have returned when the work runs late; still loses in frequency and cpu-pm.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import { ignoring } from "../../src/spec/kernel-function.js";
import { perf_event_overflow, perf_pending_irq } from "../linux/kernel/events/core/overflow.js";
import { irq_work_queue } from "../linux/kernel/irq_work.js";
import { load, store } from "../linux/memory.js";
import { atDel, eventState, EXACTLY_ONCE, fix_of } from "./common.js";

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
  changes: [
    atDel(function* (event) {
      yield* store(fix_of(event).work, 1);
      yield* ignoring(irq_work_queue, event);
    }),
    changing(perf_pending_irq, function* (base, event) {
      const { work } = fix_of(event);
      if ((yield* load(work)) !== 0) {
        yield* store(work, 0);
        yield* ignoring(perf_event_overflow, event);
      }
      yield* base(event);
    }),
  ],
  state: [eventState],
};
