/**
 * Throttling one event of a group stops that event alone, and the others go on.
 *
 * Report: Linux 9734e25fbf5a (6.16): "perf: Fix the throttle logic for a group".
 */
import { MAX_INTERRUPTS, PERF_HES_STOPPED } from "pmucheck/linux";
import { linuxScenario, never, pe, perfEvent, timers } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { counters: 2, maxSamples: 1 },
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [
      { name: "A", of: "T", period: 4 },
      { name: "C", of: "T", period: 9, leader: "A" },
    ],
    environment: [timers(0, "T")],
  }),
});

export const property = never("The members of a group are throttled together.", {
  brokenIn: (view, event) => {
    const { oncpu, hw, sibling_list } = view.read(perfEvent(event));
    if (oncpu < 0 || view.read(pe(oncpu)).stack.length > 0 || hw.interrupts !== MAX_INTERRUPTS) return false;
    return sibling_list.some((sibling) => (view.read(perfEvent(sibling)).hw.state & PERF_HES_STOPPED) === 0);
  },
});
