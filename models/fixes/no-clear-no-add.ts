/**
 * no-clear-no-add: neither armv8pmu_disable_intens nor armpmu_add clears the overflow flag.
 *
 * Came out (linux-6.5): as no-clear: loses in every scenario in which the driver of the mail loses. The flag
 * survives, the period does not.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { keepFlag, noDisableInAdd } from "../edits/flag.js";

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
  ...partsOf([keepFlag, noDisableInAdd]),
};
