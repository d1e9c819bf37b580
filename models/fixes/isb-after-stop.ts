/**
 * isb-after-stop: the PMU has stopped when armv8pmu_stop returns.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { isbAfterStop as edit } from "../edits/machine.js";

export const isbAfterStop: Fix = {
  name: "isb-after-stop",
  summary: "an isb after the write that clears PMCR.E, not only before it",
  idea:
    "armv8pmu_pmcr_write synchronises before its write. Until the next synchronisation counters may go on, and an event that is " +
    "counted between the handler's read of a counter and its write is lost.",
  proposedBy: "this project, from the scenario late-writes",
  hazards: ["an isb more in every perf_pmu_disable"],
  assumes: [],
  claims: ["count-conservation", "phase"],
  ...partsOf([edit]),
};
