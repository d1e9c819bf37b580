/**
 * sigtrap: an event that sends SIGTRAP to the task that runs when it overflows.
 */
import { preemption } from "../linux/world/wakeups.js";
import { scenario, SAMPLING, switching, switchingParameters } from "./common.js";

export const sigtrap = scenario({
  name: "sigtrap",
  summary: "an event with attr.sigtrap: the signal goes to whoever runs",
  shows:
    "The SIGTRAP of an overflow goes to the current task: from irq_work while the event's task runs, or from task work when it " +
    "was switched out before. It must never reach the next task.",
  parameters: switchingParameters,
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T", sigtrap: true, fasync: false }],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => [
    "sigtrap",
    ...(switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  ],
  properties: [...SAMPLING, "no-kernel-warning"],
  needs: ["sigtrap"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits.",
});
