/**
 * throttle: an event that overflows too often is stopped until the next tick.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { preemption, timers } from "../linux/world/wakeups.js";
import { maxSamples, tickRate } from "../parameters.js";
import { adapt, SAMPLING, scenario, staying, switching, switchingParameters } from "./common.js";

export const throttle = scenario({
  name: "throttle",
  summary: "an event that overflows too often is stopped until the next tick",
  shows:
    "A throttled event is stopped by the driver (up to 6.15 by its disable function, with hw.state untouched) and started " +
    "again by the tick, or by being switched in (switches=1). What it does not count then is not an overflow.",
  parameters: adapt(switchingParameters, withDefault(maxSamples, 2), tickRate, staying),
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [timers(0, "T"), preemption(0)],
  }),
  witnesses: (configuration) => [
    "tick",
    "throttled",
    ...(switching(configuration) ? ["context-switch"] : []),
  ],
  properties: [...SAMPLING, "throttled-ends", "keeps-counting"],
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits (and runs only with switches=1).",
});
