/**
 * read-other: another process reads the event, by an interrupt to the CPU where it counts.
 */
import { adapt, commonParameters, scenario } from "./common.js";

export const readOther = scenario({
  name: "read-other",
  summary: "a process on another CPU reads the task's event by one read(2)",
  shows:
    "perf_event_read calls __perf_event_read on the CPU where the event is active. The update there can be interrupted by a " +
    "pseudo-NMI as in read-own, and the task itself does nothing for it. One read, at any time, is enough. Reported in docs/reference/second-loss.md.",
  parameters: adapt(commonParameters),
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      {
        name: "P",
        cpu: 1,
        program: { turns: [{ call: { call: "read", event: "A", group: false } }], once: true },
      },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
  witnesses: () => ["read-while-active"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; P runs on CPU1.",
});
