/**
 * frequency: an event in frequency mode, adjusted at every tick.
 */
import { tickRate } from "../parameters.js";
import { timers } from "../linux/world/wakeups.js";
import { adapt, commonParameters, SAMPLING, scenario } from "./common.js";

export const frequency = scenario({
  name: "frequency",
  summary: "the timer tick stops and starts an event in frequency mode",
  shows:
    "In frequency mode every tick stops the event and starts it again, whatever its overflow flag says; and when the rate " +
    "demands it, period_left = 0 begins a new period. Domain scenario S-6.",
  parameters: adapt(commonParameters, tickRate),
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T", freq: true }],
    environment: [timers(0, "T")],
  }),
  witnesses: () => ["tick"],
  properties: [...SAMPLING, "keeps-counting"],
  start: "T runs at EL0 on CPU0, its event A, in frequency mode, scheduled in by the driver.",
});
