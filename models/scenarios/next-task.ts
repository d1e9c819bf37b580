/**
 * next-task: two tasks on one CPU, each with an event that takes the same counter in turn.
 */
import { preemption } from "../linux/world/wakeups.js";
import { scenario, switchingParameters } from "./common.js";

export const nextTask = scenario({
  name: "next-task",
  summary: "two tasks' events take turns on one counter",
  shows:
    "A counter is used by the next task's event at once. An overflow flag or an interrupt that is left behind must not be " +
    "taken for an overflow of that event, nor be reported while that task runs. Domain scenario S-3.",
  parameters: switchingParameters,
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "U" }],
    events: [
      { name: "A", of: "T" },
      { name: "B", of: "U" },
    ],
    environment: [preemption(0)],
  }),
  witnesses: () => ["context-switch", "pending-at-sched-out"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; U, with event B, waits.",
});
