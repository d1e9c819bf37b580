/**
 * The CPU powers down when it is idle, the PMU's registers are gone, and nobody puts them back: the event counts no more.
 *
 * Report: Linux da4e4f18afe0 (4.6): "drivers/perf: arm_pmu: implement CPU_PM notifier". The fix of this file takes the notifier away.
 */
import { draftFix, override } from "pmucheck";
import { cpu_pm_pmu_notify } from "pmucheck/linux";
import { callsOf, linuxScenario, powerDown, sleeping } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T", program: callsOf("A", "SLEEP") }],
    events: [{ name: "A", of: 0 }],
    environment: [powerDown(0), sleeping("T", 0)],
  }),
  witnesses: () => ["power-down"],
});

export const fix = draftFix(
  "no-notifier",
  "nobody saves the PMU over a power-down",
  // oxlint-disable-next-line require-yield -- it does nothing
  override(cpu_pm_pmu_notify, function* (_cmd) {}),
);
