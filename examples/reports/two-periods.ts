/**
 * Two events with different periods in one group: each is judged by its own.
 *
 * Found when this project's models were tried on public reports: the period was one number for the whole machine, which gave
 * a false loss of the longer one.
 */
import { linuxScenario, preemption } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [
      { name: "A", of: "T", period: 4 },
      { name: "C", of: "T", period: 8, leader: "A" },
    ],
    environment: [preemption(0)],
  }),
});
