/**
 * Throttling with switches: a throttled event is switched out and in, which unthrottles it, while the tick is on its way.
 */
import { linuxScenario, preemption, timers } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { lag: 0 },
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [timers(0, "T"), preemption(0)],
  }),
});
