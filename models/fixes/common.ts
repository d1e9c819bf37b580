/**
 * What several fixes share: the state they keep of an event, the registers mainline has no accessor for, and the places
 * in the driver where they act.
 */
import { perName } from "../../src/spec/component.js";
import { changing, type Change } from "../../src/spec/fix.js";
import type { Kernel } from "../../src/spec/kernel-function.js";
import { calls, following, replacing, rewriting } from "../../src/spec/rewrite.js";
import type { EventState } from "../../src/spec/scenario.js";
import { bit } from "../arm/pmuv3.js";
import {
  armpmu_del,
  armpmu_event_set_period,
  armpmu_start,
  armpmu_stop,
} from "../linux/drivers/perf/arm_pmu.js";
import {
  armv8pmu_enable_event,
  armv8pmu_event_cnten_mask,
  armv8pmu_write_counter,
} from "../linux/drivers/perf/arm_pmuv3.js";
import { read_pmintenset, read_pmovsclr, write_pmovsset } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { load, loadStable, store, struct } from "../linux/memory.js";
import { perf_event, PERF_HES_STOPPED } from "../linux/structs.js";

/** What the fixes add to struct perf_event. */
export interface FixState {
  /** The event was stopped with an overflow that nobody was told of; its next start is to act on it. */
  readonly pending: number;
  /** Likewise, but work (irq_work or task_work) is to act on it. */
  readonly work: number;
  /** The work is queued. */
  readonly queued: number;
  /** Guards: nobody wants to be told of an overflow now. */
  readonly quiet: number;
}

const newFixState: FixState = { pending: 0, work: 0, queued: 0, quiet: 0 };

export const fixState = perName<FixState>("fix");
export const fix_of = struct(fixState, newFixState);
export const eventState: EventState = { component: fixState, initial: newFixState };

/** The properties that a fix must keep to be one: each overflow once, and the counts as they were. */
export const EXACTLY_ONCE = [
  "exactly-once",
  "no-loss",
  "no-duplicate",
  "count-conservation",
  "phase",
] as const;

/** Has a counter of this CPU overflowed, and its interrupt not been handled? */
export function* overflow_pending(): Kernel<boolean> {
  return ((yield* read_pmovsclr()) & (yield* read_pmintenset())) !== 0;
}

/** The bit of the event's overflow flag: of a chained pair the higher one, as in armv8pmu_disable_event_irq. */
export function* overflow_bit(event: string): Kernel<number> {
  return bit(31 - Math.clz32(yield* armv8pmu_event_cnten_mask(event)));
}

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

/** armpmu_start, with something else in place of its call of armpmu_event_set_period. */
export function programming(instead: (event: string) => Kernel): Change {
  return changing(armpmu_start, function* (base, event, flags) {
    yield* replacing(base(event, flags), calls(armpmu_event_set_period), () => instead(event));
  });
}

/**
 * The event starts as if its counter had just wrapped: the period stays unconsumed, and the overflow flag is set again, so
 * that the ordinary handler finds an overflow and does what it always does.
 */
export const restartPending: Change = changing(armpmu_start, function* (base, event, flags) {
  const { pending } = fix_of(event);
  if ((yield* loadStable(pending)) === 0) return yield* base(event, flags);
  yield* store(pending, 0);
  return yield* rewriting(base(event, flags), (request) => {
    if (calls(armpmu_event_set_period)(request)) return restore(event);
    if (calls(armv8pmu_enable_event)(request)) return relatch(event);
    return undefined;
  });
});

/**
 * A period that was completed again before anybody was told of the last one: the two become one, and the phase stays.
 * Without this an event that is stopped and started for ever would fall behind for ever.
 */
export function* mergeOverdue(event: string): Kernel {
  const { period_left, sample_period } = perf_event(event).hw;
  const left = yield* load(period_left);
  const period = yield* load(sample_period);
  if (left <= -period) yield* store(period_left, left + period);
}

/** The counter's value was folded into the count at stop: from here on it counts from 0. */
function* restore(event: string): Kernel {
  yield* mergeOverdue(event);
  yield* store(perf_event(event).hw.prev_count, 0n);
  yield* armv8pmu_write_counter(event, 0n);
}

function* relatch(event: string): Kernel {
  yield* write_pmovsset(yield* overflow_bit(event));
  yield* armv8pmu_enable_event(event);
}
