/**
 * disable-enable: another process disables the event and enables it again, over and over, while its task runs.
 */
import { adapt, commonParameters, SAMPLING, scenario } from "./common.js";
import { disabling } from "../parameters.js";

export const disableEnable = scenario({
  name: "disable-enable",
  summary: "ioctls of another process disable and enable a running event",
  shows:
    "The mail suspects that a temporary disable loses an overflow too. P on CPU1 uses IOC_DISABLE and IOC_ENABLE; each is a " +
    "call on CPU0, where T runs. An overflow latched at the disable is to be reported after the enable (policy " +
    "`disabling`). Domain scenario S-4.",
  parameters: adapt(commonParameters, disabling),
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      {
        name: "P",
        cpu: 1,
        program: {
          turns: [
            { call: { call: "ioctl", event: "A", request: "DISABLE", argument: 0n } },
            { call: { call: "ioctl", event: "A", request: "ENABLE", argument: 0n } },
          ],
          once: false,
        },
      },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
  witnesses: () => ["disabled"],
  properties: [...SAMPLING, "no-report-after-teardown"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; P runs on CPU1.",
});
