/**
 * An observer beside the driver: it counts as `pmucheck probe`'s script does, and changes nothing else.
 *
 * Whenever armpmu_event_set_period returns 1 to armpmu_start, one lost overflow is counted. In the ground truth that is
 * said as a report, so that the properties of a driver decide the observer: where no-loss holds with it, it misses no
 * loss; where no-duplicate holds with it, it counts nothing that is not lost.
 */
import { kernelFunction } from "../../src/spec/kernel-function.js";
import { changing, type Fix } from "../../src/spec/fix.js";
import { calls, replacing } from "../../src/spec/rewrite.js";
import { report } from "../ground-truth.js";
import { armpmu_event_set_period, armpmu_start } from "../linux/drivers/perf/arm_pmu.js";

const probe_counts_a_loss = kernelFunction("probe_counts_a_loss", function* (event: string) {
  yield* report(event);
});

export const probe: Fix = {
  name: "probe",
  summary: "counts a lost overflow whenever armpmu_event_set_period returns 1 to armpmu_start",
  idea: "nobody in the kernel listens to what set_period says to start, so a completed period that it finds there is not reported",
  proposedBy: "pmucheck",
  hazards: [],
  assumes: [],
  claims: [],
  changes: [
    changing(armpmu_start, function* (base, event, flags) {
      yield* replacing(base(event, flags), calls(armpmu_event_set_period), function* () {
        if ((yield* armpmu_event_set_period(event)) === 1) yield* probe_counts_a_loss(event);
      });
    }),
  ],
  adds: [probe_counts_a_loss],
};
