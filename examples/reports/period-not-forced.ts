/**
 * IOC_PERIOD of a running event takes effect only when the old period is over.
 *
 * Report: Linux bad7192b842c (3.14): "perf: Fix PERF_EVENT_IOC_PERIOD to force-reset the period". The fix of this file takes that
 * away again: the event is not stopped and started.
 */
import { draftFix, override } from "pmucheck";
import { __perf_event_period, perf_event, store } from "pmucheck/linux";
import { callsOf, linuxScenario, startAfresh } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { period: 6, skid: 0 },
  inventory: () => ({
    cpus: 2,
    tasks: [{ name: "T" }, { name: "P", cpu: 1, program: callsOf("A", "PERIOD=2", { once: true }) }],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
});

export const fix = draftFix(
  "not-forced",
  "__perf_event_period changes the period, and nothing else",
  override(__perf_event_period, function* (event, value) {
    yield* store(perf_event(event).hw.sample_period, value);
    yield* startAfresh(event, "user");
  }),
);
