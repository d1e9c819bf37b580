/**
 * throttle: an event that overflows too often is stopped until the next tick.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { timers } from "../linux/world/wakeups.js";
import { maxSamples, tickRate } from "../parameters.js";
import { adapt, commonParameters, scenario } from "./common.js";

export const throttle = scenario({
  name: "throttle",
  summary: "an event that overflows too often is stopped until the next tick",
  shows:
    "A throttled event is stopped by the driver (up to 6.15 by its disable function, with hw.state untouched) and started " +
    "again by the tick. What it does not count then is not an overflow.",
  parameters: adapt(commonParameters, withDefault(maxSamples, 2), tickRate),
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [timers(0, "T")],
  }),
  witnesses: () => ["throttled"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver.",
});
