/**
 * The counter is read at a context switch after it has wrapped, with the interrupt still to come: what it counted is lost.
 *
 * Report: FreeBSD's hwpmc on arm64 (D27945): counters wrapped while interrupts were off, and the reading took the new value for
 * all there was. The fix of this file puts the fault in: armpmu_event_update takes no wrap into account.
 */
import { draftFix, override } from "pmucheck";
import { armpmu, armpmu_event_update, load, local64_sub, perf_event, store } from "pmucheck/linux";
import { addToCount, linuxScenario, preemption } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
});

export const fix = draftFix(
  "no-wrap",
  "armpmu_event_update takes a counter that has wrapped for one that has counted nothing",
  override(armpmu_event_update, function* (event) {
    const { hw } = perf_event(event);
    const before = yield* load(hw.prev_count);
    const now = yield* armpmu.read_counter(event);
    yield* store(hw.prev_count, now);
    const from = BigInt.asUintN(32, before);
    const delta = now >= from ? now - from : 0n;
    yield* addToCount(delta, event);
    yield* local64_sub(delta, hw.period_left);
    return now;
  }),
);
