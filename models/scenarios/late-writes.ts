/**
 * late-writes: register writes that act only at the next context synchronisation.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { preemption } from "../linux/world/wakeups.js";
import { excludeKernel, sync } from "../parameters.js";
import { adapt, scenario, switching, switchingParameters } from "./common.js";

export const lateWrites = scenario({
  name: "late-writes",
  summary: "an event that counts the kernel too, with register writes that act late",
  shows:
    "A write to PMCR, PMCNTEN or PMINTEN acts any time up to the next context synchronisation; an event that counts the kernel " +
    "can overflow in that shadow, within the driver itself. This is why the driver's isb() are where they are.",
  parameters: adapt(switchingParameters, withDefault(sync, 1), withDefault(excludeKernel, 0)),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => (switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits.",
});
