/**
 * free-running: counters that cannot be stopped, only their interrupts can.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { preemption } from "../linux/world/wakeups.js";
import { counterBits, freeRunning } from "../parameters.js";
import { adapt, scenario, switching, switchingParameters } from "./common.js";

export const freeRunningCounters = scenario({
  name: "free-running",
  summary: "counters that go on counting when they are disabled",
  shows:
    "The comment in armpmu_start speaks of counters that cannot be stopped, which is why it always reprograms the period. PMUv3 " +
    "counters can; this is what the driver would do with ones that can't. The counter has 4 bits, so that its wrap while " +
    "another task runs can be reached.",
  parameters: adapt(switchingParameters, withDefault(freeRunning, 1), withDefault(counterBits, 4)),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => (switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits.",
});
