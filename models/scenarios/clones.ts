/**
 * clones: a parent and its child with the same, inherited event, on one CPU.
 */
import { preemption } from "../linux/world/wakeups.js";
import { adapt, SAMPLING, scenario, switchingParameters } from "./common.js";

export const clones = scenario({
  name: "clones",
  summary: "two tasks with equivalent, inherited contexts, which they swap instead of rescheduling events",
  shows:
    "Equivalent contexts are swapped at a context switch, and the hardware goes on. An overflow that the previous task caused " +
    "is then delivered while the next one runs. Domain scenario S-16.",
  parameters: adapt(switchingParameters),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "U", clonedFrom: "T" }],
    events: [
      { name: "A", of: "T" },
      { name: "B", of: "U" },
    ],
    environment: [preemption(0)],
  }),
  witnesses: () => ["context-switch", "pending-at-sched-out"],
  properties: SAMPLING,
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver; U, its child with the inherited event B, waits.",
});
