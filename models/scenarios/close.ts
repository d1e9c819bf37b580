/**
 * close: another process closes the event while its task runs.
 */
import { ended } from "../linux/world/wakeups.js";
import { adapt, commonParameters, SAMPLING, scenario } from "./common.js";
import { closing } from "../parameters.js";

export const close = scenario({
  name: "close",
  summary: "another process closes a running event",
  shows:
    "Explicit teardown excuses a loss: that is where the mail draws the line (policy `closing`). After it nothing may be " +
    "reported. Domain scenario S-4.",
  parameters: adapt(commonParameters, closing),
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      { name: "P", cpu: 1, program: { turns: [{ call: { call: "close", event: "A" } }], once: true } },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [ended(["A"])],
  }),
  witnesses: () => ["closed"],
  properties: [...SAMPLING, "no-report-after-teardown"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; P runs on CPU1.",
});
