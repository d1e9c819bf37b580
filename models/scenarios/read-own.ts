/**
 * read-own: a task reads its own event while it counts.
 */
import { adapt, commonParameters, counterParameters, scenario } from "./common.js";

export const readOwn = scenario({
  name: "read-own",
  summary: "a task reads its own sampling event by read(2), over and over",
  shows:
    "A read folds the active counter into the count: armpmu_event_update exchanges prev_count first, and subtracts from " +
    "period_left last. A pseudo-NMI in between finds a period that is not yet over, and reports nothing; the report comes late " +
    "or never. Ordinary interrupts are masked there. Reported in docs/reference/second-loss.md.",
  parameters: adapt(commonParameters, ...counterParameters),
  inventory: () => ({
    cpus: 1,
    tasks: [
      {
        name: "T",
        program: { turns: [{ call: { call: "read", event: "A", group: false } }], once: false },
      },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
  witnesses: () => ["read-while-active"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver.",
});
