/**
 * keep-disabled: the handler does not enable a PMU that perf has disabled.
 *
 * Came out (linux-6.5): pmu-stays-disabled holds by nmi. E alone is not enough to look at: perf counts the
 * disabling before it calls the driver.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import { calls, replacing } from "../../src/spec/rewrite.js";
import { armv8pmu_handle_irq, armv8pmu_start } from "../linux/drivers/perf/arm_pmuv3.js";
import { ARMV8_PMU_PMCR_E, read_pmcr } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { smp_processor_id } from "../linux/config.js";
import { load } from "../linux/memory.js";
import { per_cpu } from "../linux/structs.js";

export const keepDisabled: Fix = {
  name: "keep-disabled",
  summary: "armv8pmu_handle_irq sets PMCR.E only if it was set and perf is not disabling the PMU",
  idea:
    "An NMI that was on its way when perf disabled the PMU runs the handler within the disabled section; what perf believes " +
    "stopped must not run again when it is done.",
  proposedBy: "this project's design notes, after the `enabled` of arch/x86/events/intel/core.c",
  hazards: [],
  assumes: [],
  claims: ["pmu-stays-disabled"],
  changes: [
    changing(armv8pmu_handle_irq, function* (base) {
      const enabled = ((yield* read_pmcr()) & ARMV8_PMU_PMCR_E) !== 0;
      return yield* replacing(base(), calls(armv8pmu_start), function* () {
        const { pmu_disable_count } = per_cpu(yield* smp_processor_id());
        // Perf counts before it calls the driver: between the two E is still set, and is about to be cleared.
        if (enabled && (yield* load(pmu_disable_count)) === 0) yield* armv8pmu_start();
      });
    }),
  ],
};
