/**
 * group-throttle: two events of a group overflow together, and the first is throttled.
 */
import { counters, maxSamples, tickRate } from "../parameters.js";
import { withDefault } from "../../src/spec/parameter.js";
import { timers } from "../linux/world/wakeups.js";
import { adapt, commonParameters, SAMPLING, scenario } from "./common.js";

export const groupThrottle = scenario({
  name: "group-throttle",
  summary: "two events overflow in one interrupt, and too often",
  shows:
    "One run of the handler finds two flags. Throttling the first event stops it from within the loop; since 6.16 the core " +
    "stops the whole group, and with it the sibling whose flag is still to be handled. Domain scenario S-7.",
  parameters: adapt(commonParameters, withDefault(counters, 2), withDefault(maxSamples, 2), tickRate),
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [
      { name: "A", of: "T" },
      { name: "B", of: "T", leader: "A" },
    ],
    environment: [timers(0, "T")],
  }),
  witnesses: () => ["tick", "throttled"],
  properties: [...SAMPLING, "no-loss-by-group-throttle", "throttled-ends", "keeps-counting"],
  start: "T runs at EL0 on CPU0, its events A and B, a group, scheduled in by the driver.",
});
