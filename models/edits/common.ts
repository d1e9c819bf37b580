/**
 * What several edits share: the state they keep of an event, and the registers mainline has no accessor for.
 */
import { perName } from "../../src/spec/component.js";
import type { EditCost } from "../../src/spec/edit.js";
import type { Kernel } from "../../src/spec/kernel-function.js";
import type { EventState } from "../../src/spec/scenario.js";
import { bit } from "../arm/pmuv3.js";
import { armv8pmu_event_cnten_mask } from "../linux/drivers/perf/arm_pmuv3.js";
import { read_pmintenset, read_pmovsclr } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { load, store, struct } from "../linux/memory.js";
import { perf_event } from "../linux/structs.js";

/** What the fixes add to struct perf_event. */
export interface FixState {
  /** The event was stopped with an overflow that nobody was told of; its next start is to act on it. */
  readonly pending: number;
  /** Likewise, but work is to act on it: TASK_WORK or IRQ_WORK; 0 for none. */
  readonly work: number;
  /** The work is queued. */
  readonly queued: number;
  /** Guards: nobody wants to be told of an overflow now. */
  readonly quiet: number;
}

export const TASK_WORK = 1;
export const IRQ_WORK = 2;

const newFixState: FixState = { pending: 0, work: 0, queued: 0, quiet: 0 };

export const fixState = perName<FixState>("fix");
export const fix_of = struct(fixState, newFixState);
export const eventState: EventState = { component: fixState, initial: newFixState };

/** An edit's cost: lines, accesses, fields. */
export function costs(lines: number, accesses = 0, fields = 0): EditCost {
  return { lines, accesses, fields };
}

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
