/**
 * A late interrupt lets the counter overtake the value it was programmed with: counts are lost.
 *
 * Report: ARM a737823d37 and 5727347180, arm64 cbbf2e6ed7 (2011 to 2013): the period is limited to half of the counter's range. The fix
 * of this file takes the limit away again. Counters of 4 bits make the wrap reachable.
 */
import { draftFix, override } from "pmucheck";
import {
  arm_pmu_event_max_period,
  armpmu,
  armpmu_event_set_period,
  load,
  perf_event,
  store,
} from "pmucheck/linux";
import { linuxScenario } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { period: 15, skid: 8, counterBits: 4 },
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
});

export const fix = draftFix(
  "whole-range",
  "armpmu_event_set_period uses the counter's whole range",
  override(armpmu_event_set_period, function* (event) {
    const { hw } = perf_event(event);
    let left = yield* load(hw.period_left);
    const period = yield* load(hw.sample_period);
    const max_period = yield* arm_pmu_event_max_period(event);
    const completed = left <= 0n ? 1 : 0;
    if (left <= -period) left = period;
    else if (left <= 0n) left += period;
    yield* store(hw.period_left, left);
    yield* store(hw.prev_count, BigInt.asUintN(64, -left));
    yield* armpmu.write_counter(event, BigInt.asUintN(64, -left) & max_period);
    return completed;
  }),
);
