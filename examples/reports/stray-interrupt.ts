/**
 * An event is disabled while its interrupt is on its way: the handler runs and finds nothing.
 *
 * Report: AMD 914123fa3904 and 6d3edaae16c6 (5.1): unknown NMIs, because a disabled counter's NMI came late. Linux claims such an NMI
 * for a while; the fix of this file claims every one. It loses nothing and finds nothing either: exactly-once is as it was.
 */
import { changing, draftFix, type Kernel } from "pmucheck";
import { armv8pmu_handle_irq, IRQ_HANDLED } from "pmucheck/linux";
import { callsOf, linuxScenario } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 2,
    tasks: [{ name: "T" }, { name: "P", cpu: 1, program: callsOf("A", "DISABLE,ENABLE") }],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
});

export const fix = draftFix(
  "claim-strays",
  "armv8pmu_handle_irq takes every interrupt for its own",
  changing(armv8pmu_handle_irq, function* (base): Kernel<0 | 1> {
    yield* base();
    return IRQ_HANDLED;
  }),
);
