/**
 * Three tasks on one CPU, two of them sampled: whose overflow is it?
 */
import { linuxScenario, preemption } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { counters: 1, lag: 0 },
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "U" }, { name: "B" }],
    events: [
      { name: "A", of: "T" },
      { name: "C", of: "U", period: 5 },
    ],
    environment: [preemption(0)],
  }),
});
