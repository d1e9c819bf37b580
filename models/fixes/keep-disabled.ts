/**
 * keep-disabled: the handler does not enable a PMU that perf has disabled.
 *
 * Came out (linux-6.5): pmu-stays-disabled holds by nmi. E alone is not enough to look at: perf counts the
 * disabling before it calls the driver.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { handlerKeepsCount, handlerKeepsE } from "../edits/machine.js";

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
  ...partsOf([handlerKeepsE, handlerKeepsCount]),
};
