/**
 * The handler reads the overflow flags and then clears all of them: what overflows in between is cleared unseen.
 *
 * Report: riscv_pmu_sbi.c insists on the order (stop, read, clear what was read). The fix of this file puts the fault into the Arm
 * driver. The kernel is counted, so that something overflows while the handler runs.
 */
import { draftFix, override } from "pmucheck";
import { armv8pmu_getreset_flags, read_pmovsclr, write_pmovsclr } from "pmucheck/linux";
import { linuxScenario } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { counters: 2, excludeKernel: 0, lag: 0, skid: 0 },
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }],
    events: [
      { name: "A", of: "T", period: 4 },
      { name: "C", of: "T", period: 5 },
    ],
    environment: [],
  }),
});

export const fix = draftFix(
  "clear-all",
  "armv8pmu_getreset_flags clears every flag, whatever it read",
  override(armv8pmu_getreset_flags, function* () {
    const value = yield* read_pmovsclr();
    yield* write_pmovsclr(0xffff_ffff);
    return value;
  }),
);
