/**
 * A CPU comes online again without its PMU's interrupt: overflows on it are lost for ever.
 *
 * Report: the rework of arm_pmu's interrupts (to 4.11): the per-CPU interrupt has to be enabled on the CPU that comes up. The fix
 * of this file puts the fault in: the CPU only resets its PMU.
 */
import { draftFix, override } from "pmucheck";
import { armpmu, PMU_PPI } from "pmucheck/linux";
import { callsOf, gic, hotplug, linuxScenario, never, perfEvent, sleeping } from "pmucheck/scenarios";
import { arm_perf_starting_cpu } from "pmucheck/linux";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T", program: callsOf("A", "SLEEP") }],
    events: [{ name: "A", of: "T" }],
    environment: [hotplug(0), sleeping("T", 0)],
  }),
  witnesses: () => ["unplugged"],
});

export const property = never("Where an event is scheduled in, the CPU's PMU interrupt is enabled.", {
  brokenIn: (view, event) => {
    const { oncpu } = view.read(perfEvent(event));
    return oncpu >= 0 && view.read(gic(oncpu)).interrupts[PMU_PPI]?.enabled === false;
  },
});

export const fix = draftFix(
  "reset-only",
  "a CPU that comes online resets its PMU and forgets its interrupt",
  override(arm_perf_starting_cpu, function* () {
    yield* armpmu.reset();
  }),
);
