/**
 * multiplex: more events than counters.
 */
import { exchange } from "../../src/spec/symmetry.js";
import { tickRate } from "../parameters.js";
import { timers } from "../linux/world/wakeups.js";
import { adapt, commonParameters, scenario } from "./common.js";

export const multiplex = scenario({
  name: "multiplex",
  summary: "two events take turns on one counter, rotated by a timer",
  shows:
    "With more events than counters a timer takes events out and puts others in, without any context switch. An overflow " +
    "latched at a rotation is lost like any other.",
  parameters: adapt(commonParameters, tickRate),
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [
      { name: "A", of: "T", pinned: false },
      { name: "B", of: "T", pinned: false },
    ],
    environment: [timers(0, "T")],
    exchanges: [exchange(["A", "B"])],
  }),
  witnesses: () => ["rotation"],
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver, its event B waiting for the counter.",
});
