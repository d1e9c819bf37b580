/**
 * exit: the task exits.
 */
import { ended } from "../linux/world/wakeups.js";
import { adapt, commonParameters, SAMPLING, scenario } from "./common.js";
import { closing } from "../parameters.js";

export const exit = scenario({
  name: "exit",
  summary: "the task exits with its event active",
  shows:
    "An exiting task takes its events with it; an overflow that is latched then is excused as at close (policy `closing`), and " +
    "nothing may be reported after. Domain scenario S-4.",
  parameters: adapt(commonParameters, closing),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T", program: { turns: [{ call: { call: "exit" } }], once: true } }],
    events: [{ name: "A", of: "T" }],
    environment: [ended(["A"])],
  }),
  witnesses: () => ["closed"],
  properties: [...SAMPLING, "no-report-after-teardown"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver.",
});
