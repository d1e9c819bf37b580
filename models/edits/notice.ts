/**
 * What notices that a period was completed and nobody was told: a stop, a del, or a start.
 *
 * armpmu_stop has folded the counter into period_left when it returns; at most zero is left of a completed period. A start
 * learns it from armpmu_event_set_period. Where two notices serve an event, the one of task work is the inner one, and
 * the others leave alone what it has taken (`work`).
 */
import { changing, type Change } from "../../src/spec/fix.js";
import type { Kernel } from "../../src/spec/kernel-function.js";
import { calls, following, replacing } from "../../src/spec/rewrite.js";
import {
  armpmu_del,
  armpmu_event_set_period,
  armpmu_start,
  armpmu_stop,
} from "../linux/drivers/perf/arm_pmu.js";
import { load, loadStable } from "../linux/memory.js";
import { perf_event, PERF_HES_STOPPED } from "../linux/structs.js";
import { fix_of } from "./common.js";

/** Is a completed period left over in period_left, and does anybody want to know? */
function* isUntold(event: string): Kernel<boolean> {
  if ((yield* loadStable(fix_of(event).quiet)) !== 0) return false;
  return (yield* load(perf_event(event).hw.period_left)) <= 0n;
}

/** `noticed`, whenever armpmu_stop has stopped an event and found that a period was completed. */
export function atStop(noticed: (event: string) => Kernel): Change {
  return changing(armpmu_stop, function* (base, event, flags) {
    const stopped = ((yield* loadStable(perf_event(event).hw.state)) & PERF_HES_STOPPED) !== 0;
    yield* base(event, flags);
    if (!stopped && (yield* isUntold(event))) yield* noticed(event);
  });
}

/** `noticed`, whenever armpmu_del has stopped an event and found that a period was completed. */
export function atDel(noticed: (event: string) => Kernel): Change {
  return changing(armpmu_del, function* (base, event, flags) {
    const stopped = ((yield* loadStable(perf_event(event).hw.state)) & PERF_HES_STOPPED) !== 0;
    yield* following(base(event, flags), calls(armpmu_stop), function* () {
      if (!stopped && (yield* isUntold(event))) yield* noticed(event);
    });
  });
}

/** `noticed`, at the end of an armpmu_start whose armpmu_event_set_period has returned 1. */
export function atStart(noticed: (event: string) => Kernel): Change {
  return changing(armpmu_start, function* (base, event, flags) {
    let completed = 0;
    yield* replacing(base(event, flags), calls(armpmu_event_set_period), function* () {
      completed = yield* armpmu_event_set_period(event);
    });
    if (completed !== 0) yield* noticed(event);
  });
}

/** armpmu_start, with something else in place of its call of armpmu_event_set_period. */
export function programming(instead: (event: string) => Kernel): Change {
  return changing(armpmu_start, function* (base, event, flags) {
    yield* replacing(base(event, flags), calls(armpmu_event_set_period), () => instead(event));
  });
}

/** Whatever task work has not taken. */
export function unlessTaken(noticed: (event: string) => Kernel): (event: string) => Kernel {
  return function* (event) {
    if ((yield* loadStable(fix_of(event).work)) === 0) yield* noticed(event);
  };
}
