/**
 * Late writes with a next task: what the PMU's enables are told acts late, and the next task's event takes the same counter.
 */
import { linuxScenario, preemption } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { sync: 1, counters: 1, lag: 4 },
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "U" }],
    events: [
      { name: "A", of: "T" },
      { name: "C", of: "U" },
    ],
    environment: [preemption(0)],
  }),
});
