/**
 * Reads with everything: another process reads the event and gives it a new period, while the task is switched out
 * and in.
 */
import { callsOf, linuxScenario, preemption } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { lag: 0 },
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      { name: "B" },
      { name: "P", cpu: 1, program: callsOf("A", "READ,PERIOD=4", { once: true }) },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
});
