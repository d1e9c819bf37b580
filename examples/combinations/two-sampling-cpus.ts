/**
 * Two CPUs with a sampled task each, and one of the two tasks is moved to where the other runs.
 */
import { linuxScenario, taskset } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { counters: 1, lag: 0, skid: 0, period: 2, slice: 2 },
  inventory: () => ({
    cpus: 2,
    tasks: [{ name: "T" }, { name: "U", cpu: 1 }],
    events: [
      { name: "A", of: "T" },
      { name: "C", of: "U" },
    ],
    environment: [taskset("T", 2)],
  }),
});
