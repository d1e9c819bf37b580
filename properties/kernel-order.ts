/**
 * What kernel code relies on: the PMU stays disabled after perf_pmu_disable, every PMU interrupt has an overflow flag, the PMU
 * was reset before it is used, and no WARN_ON fires.
 *
 * Source: kernel/events/core.c (perf_pmu_disable), drivers/perf/arm_pmuv3.c (armv8pmu_handle_irq).
 */
import type { SafetyProperty } from "../src/spec/property.js";

export const pmuStaysDisabled: SafetyProperty = {
  name: "pmu-stays-disabled",
  kind: "always",
  sentence: "PMCR.E is not set between perf_pmu_disable and perf_pmu_enable.",
  reference: "kernel/events/core.c: the nesting of perf_pmu_disable",
  rules: [{ name: "pmu-stays-disabled", brokenBy: (of) => of.kind === "enabled-in-section" }],
};

export const noSpuriousInterrupt: SafetyProperty = {
  name: "no-spurious-interrupt",
  kind: "always",
  sentence: "The PMU's handler never runs without finding an overflow flag (IRQ_NONE).",
  reference: "drivers/perf/arm_pmuv3.c; harmless for a per-CPU interrupt, but work for nothing",
  rules: [{ name: "no-spurious-interrupt", brokenBy: (of) => of.kind === "handler" && !of.handled }],
};

export const noUnknownRegister: SafetyProperty = {
  name: "no-unknown-register",
  kind: "always",
  sentence:
    "The PMU neither counts nor interrupts by a register that is UNKNOWN since reset, and no such register is read.",
  reference: "Arm ARM (DDI 0487), reset behavior of the PMU's registers; armv8pmu_reset writes them",
  rules: [{ name: "no-unknown-register", brokenBy: (of) => of.kind === "unknown" }],
};

export const noKernelWarning: SafetyProperty = {
  name: "no-kernel-warning",
  kind: "always",
  sentence: "No WARN_ON of the modelled functions fires.",
  reference: "kernel/events/core.c, drivers/perf/arm_pmu.c",
  rules: [{ name: "no-kernel-warning", brokenBy: (of) => of.kind === "warning" }],
};
