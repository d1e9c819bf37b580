/**
 * A register that holds both the overflow flag and the enable is read, changed and written back: the flag that was cleared in between
 * is set again, and there is one more interrupt, with nothing to report.
 *
 * Report: powerpc 378a6ee99e4a (MMCR0's PMAO). The Arm PMU has a register of its own for the flags. The fix of this file puts the
 * fault in: what the handler read before it cleared the flags is set again when it starts the PMU.
 */
import { calls, changing, draftFix, rewriting } from "pmucheck";
import { armv8pmu_getreset_flags, armv8pmu_handle_irq, armv8pmu_start, write_pmovsset } from "pmucheck/linux";
import { linuxScenario } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { lag: 0, skid: 0 },
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
});

export const fix = draftFix(
  "flag-written-back",
  "armv8pmu_handle_irq starts the PMU with the flags that it read",
  changing(armv8pmu_handle_irq, function* (base) {
    let read = 0;
    return yield* rewriting(base(), (request) => {
      if (calls(armv8pmu_getreset_flags)(request)) return readFlags((flags) => (read = flags));
      return calls(armv8pmu_start)(request) ? startWith(read) : undefined;
    });
  }),
);

function* readFlags(keep: (flags: number) => void) {
  const flags: number = yield* armv8pmu_getreset_flags();
  keep(flags);
  return flags;
}

function* startWith(flags: number) {
  yield* write_pmovsset(flags);
  yield* armv8pmu_start();
}
