/**
 * A SIGTRAP that is still to be sent when its event is scheduled out is dropped.
 *
 * Report: Linux ca6c21327c6a (6.1): "perf: Fix missing SIGTRAPs"; lost from 5.13 to 6.0. The fix of this file takes the remedy away:
 * event_sched_out forgets the signal instead of leaving it to the task's return to user mode.
 */
import { changing, draftFix, operation } from "pmucheck";
import { event_sched_out, load, perf_event, store } from "pmucheck/linux";
import { linuxScenario, never, preemption } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T", sigtrap: true, fasync: false }],
    environment: [preemption(0)],
  }),
  needs: ["sigtrap"],
});

/** An observation of one's own: no shipped property has one for a signal that is not sent. */
const dropped = operation<[string], void>({
  name: "sigtrap_dropped",
  perform: (view, _cpu, [event]) => view.observe({ kind: "own", what: "sigtrap dropped", subject: event }),
  show: ([event]) => `the SIGTRAP of ${event} is dropped`,
});

export const property = never(
  "No SIGTRAP is dropped.",
  (of) => of.kind === "own" && of.what === "sigtrap dropped",
);

export const fix = draftFix(
  "forget-sigtrap",
  "event_sched_out forgets a SIGTRAP that is still to be sent",
  changing(event_sched_out, function* (base, event) {
    const { pending_sigtrap } = perf_event(event);
    if ((yield* load(pending_sigtrap)) !== 0) {
      yield* store(pending_sigtrap, 0);
      yield* dropped(event);
    }
    return yield* base(event);
  }),
);
