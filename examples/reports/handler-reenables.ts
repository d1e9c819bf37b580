/**
 * The handler leaves a counter on that it is told to stop: it counts on, and interrupts later.
 *
 * Report: FreeBSD's hwpmc on AMD: its interrupt handler re-enabled a counter that was being stopped. The fix of this file puts the
 * fault into the Arm driver: an event that perf_event_overflow throttles stays enabled.
 */
import { calls, changing, draftFix, without } from "pmucheck";
import { armv8pmu_disable_event, armv8pmu_handle_irq, MAX_INTERRUPTS } from "pmucheck/linux";
import { linuxScenario, never, pe, perfEvent, pmu, timers } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [timers(0, "T")],
  }),
});

export const property = never("The counter of a throttled event is off.", {
  brokenIn: (view, event) => {
    const { oncpu, hw } = view.read(perfEvent(event));
    if (oncpu < 0 || view.read(pe(oncpu)).stack.length > 0 || hw.interrupts !== MAX_INTERRUPTS) return false;
    return (view.read(pmu(oncpu)).PMCNTEN & (1 << (hw.idx - 1))) !== 0;
  },
});

export const fix = draftFix(
  "left-on",
  "armv8pmu_handle_irq does not disable the event that perf_event_overflow throttles",
  changing(armv8pmu_handle_irq, function* (base) {
    return yield* without(base(), calls(armv8pmu_disable_event));
  }),
);
