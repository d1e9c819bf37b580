/**
 * chained-reuse: a chained event leaves the flag of its low half behind for the next event.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { preemption } from "../linux/world/wakeups.js";
import { counters } from "../parameters.js";
import { adapt, scenario, switchingParameters } from "./common.js";

export const chainedReuse = scenario({
  name: "chained-reuse",
  summary: "a 64-bit event on a chained pair and a 32-bit event take turns",
  shows:
    "The low half of a chained pair sets its overflow flag at every wrap, with its interrupt off, and disable clears only the " +
    "high half's. When the next event takes the low counter its interrupt is enabled, and the stale flag raises the line. " +
    "Domain scenario S-8.",
  parameters: adapt(switchingParameters, withDefault(counters, 2)),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "U" }],
    events: [
      { name: "A", of: "T", long: true },
      { name: "B", of: "U" },
    ],
    environment: [preemption(0)],
  }),
  witnesses: () => ["context-switch", "pending-at-sched-out"],
  start: "T runs at EL0 on CPU0, its 64-bit event A on a chained pair; U, with the 32-bit event B, waits.",
});
