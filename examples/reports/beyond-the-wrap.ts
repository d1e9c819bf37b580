/**
 * An event is started with a completed period: the counter is programmed beyond its wrap, and counts nearly all of its range.
 *
 * Report: powerpc f56029410a13; the same in FreeBSD's hwpmc (D33654: the next sample after some 78 minutes; D2557). The fix of
 * this file puts the fault in: armpmu_start gives the counter what is left, even if nothing is.
 */
import { calls, changing, draftFix, replacing } from "pmucheck";
import {
  armpmu,
  armpmu_event_set_period,
  armpmu_start,
  load,
  perf_event,
  PERF_EVENT_STATE_ACTIVE,
  store,
} from "pmucheck/linux";
import { linuxScenario, never, parameters, pe, perfEvent, pmu, preemption } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
});

export const property = never("A counter at EL0 is at most a period from its wrap.", {
  brokenIn: (view, event) => {
    const { state, oncpu, hw } = view.read(perfEvent(event));
    if (state !== PERF_EVENT_STATE_ACTIVE || oncpu < 0 || view.read(pe(oncpu)).stack.length > 0) return false;
    const { PMEVCNTR, PMOVS, PMCNTEN } = view.read(pmu(oncpu));
    const counter = hw.idx - 1;
    const mask = 1 << counter;
    if ((PMOVS & mask) !== 0 || (PMCNTEN & mask) === 0) return false;
    const left = (1n << BigInt(32)) - (PMEVCNTR[counter] ?? 0n);
    return left > BigInt(view.parameter(parameters.period));
  },
});

export const fix = draftFix(
  "as-it-is-left",
  "armpmu_start programs the counter with what is left of the period, whatever that is",
  changing(armpmu_start, function* (base, event, flags) {
    yield* replacing(base(event, flags), calls(armpmu_event_set_period), function* () {
      const { hw } = perf_event(event);
      const left = yield* load(hw.period_left);
      yield* store(hw.prev_count, BigInt.asUintN(64, -left));
      yield* armpmu.write_counter(event, BigInt.asUintN(32, -left));
    });
  }),
);
