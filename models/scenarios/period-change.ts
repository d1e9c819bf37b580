/**
 * period-change: another process sets a new sample period while the event runs.
 */
import { valueOf } from "../../src/spec/parameter.js";
import { period } from "../parameters.js";
import { commonParameters, SAMPLING, scenario } from "./common.js";

export const periodChange = scenario({
  name: "period-change",
  summary: "IOC_PERIOD on a running event",
  shows:
    "IOC_PERIOD stops the event, writes period_left = 0 and starts it: a new period begins, and set_period returns 1 without " +
    "any overflow. A driver that takes that for an overflow reports falsely. Domain scenario S-5.",
  parameters: commonParameters,
  inventory: (configuration) => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      {
        name: "P",
        cpu: 1,
        program: {
          turns: [
            {
              call: {
                call: "ioctl",
                event: "A",
                request: "PERIOD",
                argument: BigInt(valueOf(configuration, period)),
              },
            },
          ],
          once: false,
        },
      },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
  witnesses: () => ["new-period"],
  properties: [...SAMPLING, "no-stale-report"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; P runs on CPU1.",
});
