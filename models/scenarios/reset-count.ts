/**
 * reset-count: IOC_RESET, which reads the event before it sets the count to zero.
 */
import { adapt, commonParameters, scenario } from "./common.js";

export const resetCount = scenario({
  name: "reset-count",
  summary: "another process resets the count of a running event (IOC_RESET) once",
  shows:
    "IOC_RESET leaves the period as it is, but reads the event first, and so loses by pseudo-NMI as read-other does. Reported " +
    "in docs/reference/second-loss.md.",
  parameters: adapt(commonParameters),
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      {
        name: "P",
        cpu: 1,
        program: {
          turns: [{ call: { call: "ioctl", event: "A", request: "RESET", argument: 0n } }],
          once: true,
        },
      },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
  witnesses: () => ["read-while-active"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; P runs on CPU1.",
});
