/**
 * Throttling by disabling only: the event is off in the hardware, and its hw.state says that it runs.
 *
 * Report: IBS 0158b83f7508; in the Arm driver until 6.16 (15073765285b), where throttling became a pmu->stop.
 */
import { MAX_INTERRUPTS, PERF_HES_STOPPED } from "pmucheck/linux";
import { linuxScenario, never, pe, perfEvent, timers } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [timers(0, "T")],
  }),
});

export const property = never("A throttled event is stopped, and says so.", {
  brokenIn: (view, event) => {
    const { oncpu, hw } = view.read(perfEvent(event));
    const atRest = oncpu >= 0 && view.read(pe(oncpu)).stack.length === 0;
    return atRest && hw.interrupts === MAX_INTERRUPTS && (hw.state & PERF_HES_STOPPED) === 0;
  },
});
