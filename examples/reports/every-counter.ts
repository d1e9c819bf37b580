/**
 * The handler asks no flag which counter overflowed: it goes over all of them and relies on armpmu_event_set_period.
 *
 * Report: Apple's PMU driver (apple_m1_cpu_pmu.c). Is the missing question harmless? Here it is: what
 * armpmu_event_set_period returns answers it. The fix of this file puts such a handler into the Arm driver.
 */
import { calls, changing, draftFix, rewriting } from "pmucheck";
import { armv8pmu_getreset_flags, armv8pmu_handle_irq } from "pmucheck/linux";
import { linuxScenario } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { counters: 2 },
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }],
    events: [
      { name: "A", of: "T", period: 4 },
      { name: "C", of: "T", period: 3 },
    ],
    environment: [],
  }),
});

export const fix = draftFix(
  "every-counter",
  "the handler takes every counter for one that overflowed",
  changing(armv8pmu_handle_irq, function* (base) {
    return yield* rewriting(base(), (request) =>
      calls(armv8pmu_getreset_flags)(request) ? everyFlag() : undefined,
    );
  }),
);

function* everyFlag() {
  const flags: number = yield* armv8pmu_getreset_flags();
  return flags === 0 ? 0 : 0xffff_ffff;
}
