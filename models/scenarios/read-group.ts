/**
 * read-group: a task reads its group of two events at once.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { counters } from "../parameters.js";
import { adapt, commonParameters, SAMPLING, scenario } from "./common.js";

export const readGroup = scenario({
  name: "read-group",
  summary: "a task reads its group of two sampling events by one read(2)",
  shows:
    "PERF_FORMAT_GROUP reads the leader and then each sibling. The pseudo-NMI that comes while one of them is updated handles the " +
    "flags of both, and reports one. One read, at any time, is enough. Reported in docs/reference/second-loss.md.",
  parameters: adapt(commonParameters, withDefault(counters, 2)),
  inventory: () => ({
    cpus: 1,
    tasks: [
      {
        name: "T",
        program: { turns: [{ call: { call: "read", event: "A", group: true } }], once: true },
      },
    ],
    events: [
      { name: "A", of: "T" },
      { name: "B", of: "T", leader: "A" },
    ],
    environment: [],
  }),
  witnesses: () => ["read-while-active"],
  properties: SAMPLING,
  start: "T runs at EL0 on CPU0, its events A and B, a group, scheduled in by the driver.",
});
