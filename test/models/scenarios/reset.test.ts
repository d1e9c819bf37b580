/**
 * A driver needs its reset: the PMU's registers are UNKNOWN after the reset of a CPU, at boot and where power was lost.
 */
import { describe, expect, test } from "vitest";

import { witnesses } from "../../../properties/catalogue.js";
import { drivers } from "../../../models/catalogue.js";
import {
  arm_perf_starting_cpu,
  cpu_pm_pmu_notify,
  cpu_pm_pmu_setup,
  type CpuPm,
} from "../../../models/linux/drivers/perf/arm_pmu.js";
import {
  armv8pmu_disable_counter,
  armv8pmu_disable_intens,
  armv8pmu_pmcr_write,
  armv8pmu_reset,
  armv8pmu_start,
  armv8pmu_stop,
} from "../../../models/linux/drivers/perf/arm_pmuv3.js";
import { check } from "../../../src/check/verdict/check.js";
import { override, type KernelFunction } from "../../../src/spec/kernel-function.js";
import { checked, resolve } from "../../support/models/checks.js";

const STAYING = { irq: "irq", switches: "0" };

type Part = "armv8pmu_disable_counter" | "armv8pmu_disable_intens" | "armv8pmu_pmcr_write";

/** An armv8pmu_reset that leaves a part out, or all of them. */
function resetWithout(...parts: readonly Part[]): KernelFunction {
  return override(armv8pmu_reset, function* () {
    if (!parts.includes("armv8pmu_disable_counter")) yield* armv8pmu_disable_counter(0xffff_ffff);
    if (!parts.includes("armv8pmu_disable_intens")) yield* armv8pmu_disable_intens(0xffff_ffff);
    if (!parts.includes("armv8pmu_pmcr_write")) yield* armv8pmu_pmcr_write(0x46);
  });
}

/** linux-6.5 in a scenario, with a function in the place of its own. */
function checkedWith(scenario: string, set: Readonly<Record<string, string>>, instead: KernelFunction) {
  const { driver, ...rest } = resolve({ scenario, property: "no-unknown-register", set });
  const functions = new Map(driver.functions).set(instead.functionName, instead);
  return check({ ...rest, driver: { ...driver, functions }, witnesses, maxStates: 1e6 });
}

describe("at boot", () => {
  test.each(drivers.map(({ name }) => name))("%s resets all that it depends on", (driver) => {
    const asked = { scenario: "one-cpu", property: "no-unknown-register", driver, set: STAYING };
    expect(checked(asked).verdict).toBe("holds");
  });

  test.each<Part[]>([
    ["armv8pmu_disable_counter"],
    ["armv8pmu_disable_intens"],
    ["armv8pmu_pmcr_write"],
    ["armv8pmu_disable_counter", "armv8pmu_disable_intens", "armv8pmu_pmcr_write"],
  ])("a reset without %s leaves a register UNKNOWN that matters", (...parts) => {
    expect(checkedWith("one-cpu", STAYING, resetWithout(...parts)).verdict).toBe("violated");
  });
});

describe("where power was lost", () => {
  test("a CPU that wakes without a reset of its PMU is found out in cpu-pm", () => {
    const forgetting = override(cpu_pm_pmu_notify, function* (cmd: CpuPm) {
      if (cmd === "CPU_PM_ENTER") yield* armv8pmu_stop();
      yield* cpu_pm_pmu_setup(cmd);
      if (cmd === "CPU_PM_EXIT") yield* armv8pmu_start();
    });
    expect(checkedWith("cpu-pm", { irq: "irq" }, forgetting).verdict).toBe("violated");
  });

  test("a CPU that comes online without one is found out in hotplug", () => {
    const forgetting = override(arm_perf_starting_cpu, function* () {});
    expect(checkedWith("hotplug", { irq: "irq" }, forgetting).verdict).toBe("violated");
  });
});
