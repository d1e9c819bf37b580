/**
 * Throttling with max_samples_per_tick = 1: the limit is passed once before it is noticed.
 *
 * Report: Linux f51972e6f8b9 (6.16). From 6.4 to 6.15 the first overflow after a tick never throttles, so that one more than the
 * limit is let through.
 */
import { MAX_INTERRUPTS } from "pmucheck/linux";
import { linuxScenario, never, parameters, perfEvent, timers } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { maxSamples: 1 },
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [timers(0, "T")],
  }),
});

export const property = never("No more overflows than max_samples_per_tick are counted between two ticks.", {
  brokenIn: (view, event) => {
    const { interrupts } = view.read(perfEvent(event)).hw;
    return interrupts !== MAX_INTERRUPTS && interrupts > view.parameter(parameters.maxSamples);
  },
});
