/**
 * half-range: a sample period of more than half the counter's range.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { counterBits, period, slice } from "../parameters.js";
import { preemption } from "../linux/world/wakeups.js";
import { adapt, scenario, switching, switchingParameters } from "./common.js";

export const halfRange = scenario({
  name: "half-range",
  summary: "a sample period longer than half the counter's range",
  shows:
    "The driver programs at most half of the counter's range, so the hardware overflows before the period is over: an " +
    "overflow flag is then no overflow of the event, and must not be reported as one. The counter has 4 bits here, so that " +
    "this can be reached. Domain scenario S-14.",
  parameters: adapt(
    switchingParameters,
    withDefault(counterBits, 4),
    withDefault(period, 10),
    withDefault(slice, 10),
  ),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => (switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits.",
});
