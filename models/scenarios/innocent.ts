/**
 * innocent: enabling one event takes another one out and puts it in again.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { counters } from "../parameters.js";
import { adapt, commonParameters, SAMPLING, scenario } from "./common.js";

export const innocent = scenario({
  name: "innocent",
  summary: "another event of the task is disabled and enabled, and the sampling event is rescheduled with it",
  shows:
    "ctx_resched takes all events of the affected type out and puts them in again. An overflow of an event that nobody " +
    "touched is lost when a counter beside it is enabled. Domain scenario S-15.",
  parameters: adapt(commonParameters, withDefault(counters, 2)),
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      {
        name: "P",
        cpu: 1,
        program: {
          turns: [
            { call: { call: "ioctl", event: "C", request: "ENABLE", argument: 0n } },
            { call: { call: "ioctl", event: "C", request: "DISABLE", argument: 0n } },
          ],
          once: false,
        },
      },
    ],
    events: [
      { name: "A", of: "T" },
      { name: "C", of: "T", type: "cycles", off: true, long: true },
    ],
    environment: [],
  }),
  witnesses: () => ["enabled"],
  properties: SAMPLING,
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver, its event C off; P runs on CPU1.",
});
