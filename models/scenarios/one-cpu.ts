/**
 * one-cpu: one CPU, two tasks, a sampling event on one of them.
 */
import { preemption } from "../linux/world/wakeups.js";
import { adapt, counterParameters, SAMPLING, scenario, switching, switchingParameters } from "./common.js";

export const oneCpu = scenario({
  name: "one-cpu",
  summary: "a task with a sampling event is switched out and in again on the same CPU",
  shows:
    "No migration is needed to lose an overflow: being switched out and in again on the same CPU is enough. Task B has " +
    "no event; it only makes T leave the CPU. Domain scenario S-1.",
  parameters: adapt(switchingParameters, ...counterParameters),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => (switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  properties: [...SAMPLING, "signal-in-task", "signal-follows", "no-unknown-register"],
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver, the counter a whole period from overflow; B waits.",
});
