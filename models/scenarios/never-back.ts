/**
 * never-back: the task is preempted and never runs again.
 */
import { preemption, rests } from "../linux/world/wakeups.js";
import { SAMPLING, scenario, switching, switchingParameters } from "./common.js";

export const neverBack = scenario({
  name: "never-back",
  summary: "the task is preempted and never scheduled again",
  shows:
    "An overflow that was latched when the task left cannot be reported to a task that never runs: that is no loss, and " +
    "eventually-delivered excuses it. Domain scenario S-13.",
  parameters: switchingParameters,
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0, ["B"]), rests("B", 0)],
  }),
  witnesses: (configuration) => (switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  properties: [...SAMPLING, "recognisable"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits, and will keep the CPU.",
});
