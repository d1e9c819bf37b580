/**
 * merge: two crossings before the handler runs.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { skid } from "../parameters.js";
import { adapt, commonParameters, scenario } from "./common.js";

export const merge = scenario({
  name: "merge",
  summary: "the skid is as long as the period",
  shows:
    "One flag per counter: when a second crossing comes before the handler has read the first, the two are one, on any driver. " +
    "That is why the skid is an assumption. Domain scenario S-12.",
  parameters: adapt(commonParameters, withDefault(skid, 4)),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver.",
});
