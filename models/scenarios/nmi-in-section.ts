/**
 * nmi-in-section: two events of a task, and an NMI that comes while the PMU is disabled.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { preemption } from "../linux/world/wakeups.js";
import { counters, irq } from "../parameters.js";
import { adapt, scenario, switching, switchingParameters } from "./common.js";

export const nmiInSection = scenario({
  name: "nmi-in-section",
  summary: "an NMI between the disabling of the PMU and of its counters",
  shows:
    "The handler sets PMCR.E when it is done, whatever it was before: taken between perf_pmu_disable and the disabling of the " +
    "counters it lets events run that perf believes stopped. Domain scenario S-9.",
  parameters: adapt(switchingParameters, withDefault(irq, "nmi"), withDefault(counters, 2)),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [
      { name: "A", of: "T" },
      { name: "C", of: "T" },
    ],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => (switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  start: "T runs at EL0 on CPU0, its events A and C scheduled in by the driver; B waits.",
});
