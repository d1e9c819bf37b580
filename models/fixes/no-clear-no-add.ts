/**
 * no-clear-no-add: neither armv8pmu_disable_intens nor armpmu_add clears the overflow flag.
 *
 * Came out (linux-6.5): as no-clear: loses in every scenario in which the driver of the mail loses. The flag
 * survives, the period does not.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import { calls, without } from "../../src/spec/rewrite.js";
import { armpmu_add } from "../linux/drivers/perf/arm_pmu.js";
import { armv8pmu_disable_event } from "../linux/drivers/perf/arm_pmuv3.js";
import { EXACTLY_ONCE } from "./common.js";
import { leaveFlags } from "./no-clear.js";

export const noClearNoAdd: Fix = {
  name: "no-clear-no-add",
  summary: "no-clear, and no disable of the counter in armpmu_add",
  idea:
    "Up to 6.14 armpmu_add disables the counter it is about to use, which is one more place that clears the flag; commit " +
    "dcca27bc1ecc dropped it. With both writes gone the flag survives being switched out and in.",
  proposedBy:
    "no-clear, and Mark Rutland's dcca27bc1ecc (perf: arm_pmu: Don't disable counter in armpmu_add())",
  hazards: [
    "still loses: armpmu_start consumes the completed period, and the handler that finds the flag reports nothing",
    "the flag stays on the CPU and the counter where it was set: an interrupt for nothing for the next event there",
  ],
  assumes: [],
  claims: EXACTLY_ONCE,
  changes: [
    ...leaveFlags,
    changing(armpmu_add, function* (base, event, flags) {
      return yield* without(base(event, flags), calls(armv8pmu_disable_event));
    }),
  ],
};
