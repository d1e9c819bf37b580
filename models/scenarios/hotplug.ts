/**
 * hotplug: a CPU goes offline and online while the task is elsewhere.
 */
import { hotplug, taskset } from "../linux/world/wakeups.js";
import { adapt, SAMPLING, scenario, switchingParameters } from "./common.js";

const CPUS = 2;

export const hotplugged = scenario({
  name: "hotplug",
  summary: "the task is moved between two CPUs, one of which is unplugged and plugged in again",
  shows:
    "A CPU that goes offline has its PMU interrupt disabled, one that comes online has its PMU reset. Neither may lose more " +
    "than the migration before it.",
  parameters: adapt(switchingParameters),
  inventory: () => ({
    cpus: CPUS,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [taskset("T", CPUS), hotplug(1)],
  }),
  witnesses: () => ["context-switch", "migration", "pending-at-sched-out", "unplugged"],
  properties: [...SAMPLING, "no-loss-across-migration", "no-unknown-register"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; CPU1 idles.",
});
