/**
 * The overflow flag: not cleared, saved, or set again; and the mark that stands for it while the event is off.
 */
import type { Edit } from "../../src/spec/edit.js";
import { changing } from "../../src/spec/fix.js";
import type { Kernel } from "../../src/spec/kernel-function.js";
import { calls, performs, rewriting, without } from "../../src/spec/rewrite.js";
import { read_pmovsclr, write_pmovsclr, write_pmovsset } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { armpmu_add, armpmu_event_set_period, armpmu_start } from "../linux/drivers/perf/arm_pmu.js";
import {
  armv8pmu_disable_event,
  armv8pmu_disable_event_irq,
  armv8pmu_disable_intens,
  armv8pmu_enable_event,
  armv8pmu_reset,
  armv8pmu_write_counter,
} from "../linux/drivers/perf/arm_pmuv3.js";
import { load, loadStable, store } from "../linux/memory.js";
import { perf_event, PERF_HES_STOPPED } from "../linux/structs.js";
import { costs, eventState, fix_of, mergeOverdue, overflow_bit } from "./common.js";
import { atDel, atStop, programming, unlessTaken } from "./notice.js";
import { othersAtStart, othersAtStop } from "./report-now.js";

const ALL = 0xffff_ffff;

export const keepFlag: Edit = {
  name: "keep-flag",
  summary: "armv8pmu_disable_intens does not clear the overflow flag",
  inC: "armv8pmu_disable_intens without its write of PMOVSCLR, which armv8pmu_reset makes itself.",
  changes: [
    changing(armv8pmu_disable_intens, function* (base, mask) {
      yield* without(base(mask), performs("write_pmovsclr"));
    }),
    // armv8pmu_reset relied on disable_intens to clear the flags. Now it clears them itself.
    changing(armv8pmu_reset, function* (base) {
      yield* base();
      yield* write_pmovsclr(ALL);
    }),
  ],
  excludes: ["swap-clear-inten"],
  cost: costs(2, -1),
};

export const noDisableInAdd: Edit = {
  name: "no-disable-in-add",
  summary: "armpmu_add does not disable the counter that it is about to use",
  inC: "armpmu_add without its call of armpmu->disable (mainline since dcca27bc1ecc, 6.15).",
  changes: [
    changing(armpmu_add, function* (base, event, flags) {
      return yield* without(base(event, flags), calls(armv8pmu_disable_event));
    }),
  ],
  cost: costs(1, -6),
};

export const saveFlag: Edit = {
  name: "save-flag",
  summary: "the overflow flag is saved with the event when it is disabled",
  inC: "armv8pmu_disable_event_irq, before the flag is cleared, reads it and remembers in the event that it was set. An event that is being added owns no flag yet.",
  changes: [
    changing(armv8pmu_disable_event_irq, function* (base, event) {
      const stopped = ((yield* loadStable(perf_event(event).hw.state)) & PERF_HES_STOPPED) !== 0;
      if (!stopped && ((yield* read_pmovsclr()) & (yield* overflow_bit(event))) !== 0) {
        yield* store(fix_of(event).pending, 1);
      }
      yield* base(event);
    }),
  ],
  state: [eventState],
  needs: [["marked-relatch", "marked-setflag"]],
  cost: costs(5, 1, 1),
};

/** Work that is to report it already is enough. */
const mark = unlessTaken(function* (event) {
  yield* store(fix_of(event).pending, 1);
});

export const stopMark: Edit = {
  name: "stop-mark",
  summary: "armpmu_stop marks the event if a period was completed",
  inC: "armpmu_stop, where it stopped the event and period_left <= 0, sets a mark in the event.",
  changes: [atStop(mark)],
  state: [eventState],
  excludes: othersAtStop("stop-mark"),
  needs: [["marked-relatch", "marked-setflag"]],
  cost: costs(5, 1, 1),
};

export const delMark: Edit = {
  name: "del-mark",
  summary: "armpmu_del marks the event if a period was completed",
  inC: "armpmu_del, where period_left <= 0 after the stop, sets a mark in the event.",
  changes: [atDel(mark)],
  state: [eventState],
  excludes: othersAtStop("del-mark"),
  needs: [["marked-relatch", "marked-setflag"]],
  cost: costs(5, 1, 1),
};

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

/**
 * The event starts as if its counter had just wrapped: the period stays unconsumed, and the overflow flag is set again, so
 * that the ordinary handler finds an overflow and does what it always does.
 */
export const markedRelatch: Edit = {
  name: "marked-relatch",
  summary: "a marked event starts with the period unconsumed and the flag set",
  inC: "armpmu_start, if the event is marked, clears the mark, writes 0 to prev_count and the counter instead of calling armpmu_event_set_period, and sets the flag (PMOVSSET) before it enables the counter.",
  changes: [
    changing(armpmu_start, function* (base, event, flags) {
      const { pending } = fix_of(event);
      if ((yield* loadStable(pending)) === 0) return yield* base(event, flags);
      yield* store(pending, 0);
      return yield* rewriting(base(event, flags), (request) => {
        if (calls(armpmu_event_set_period)(request)) return restore(event);
        if (calls(armv8pmu_enable_event)(request)) return relatch(event);
        return undefined;
      });
    }),
  ],
  state: [eventState],
  excludes: ["marked-setflag"],
  needs: [["save-flag", "stop-mark", "del-mark"]],
  cost: costs(12),
};

export const markedSetflag: Edit = {
  name: "marked-setflag",
  summary: "a marked event is enabled with the flag set",
  inC: "armv8pmu_enable_event, if the event is marked, clears the mark and sets the flag (PMOVSSET) first.",
  changes: [
    changing(armv8pmu_enable_event, function* (base, event) {
      const { pending } = fix_of(event);
      if ((yield* loadStable(pending)) !== 0) {
        yield* store(pending, 0);
        yield* write_pmovsset(yield* overflow_bit(event));
      }
      yield* base(event);
    }),
  ],
  state: [eventState],
  needs: [["save-flag", "stop-mark", "del-mark"]],
  cost: costs(6),
};

export const startRelatch: Edit = {
  name: "start-relatch",
  summary: "armpmu_start leaves a completed period unconsumed and sets the flag",
  inC: "armpmu_start, where period_left <= 0, writes 0 to prev_count and the counter instead of calling armpmu_event_set_period, and sets the flag (PMOVSSET) before it enables the counter.",
  changes: [
    changing(armpmu_start, function* (base, event, flags) {
      if ((yield* load(perf_event(event).hw.period_left)) > 0n) return yield* base(event, flags);
      return yield* rewriting(base(event, flags), (request) => {
        if (calls(armpmu_event_set_period)(request)) return restore(event);
        if (calls(armv8pmu_enable_event)(request)) return relatch(event);
        return undefined;
      });
    }),
  ],
  excludes: othersAtStart("start-relatch"),
  cost: costs(12, 1),
};

export const startMark: Edit = {
  name: "start-mark",
  summary: "armpmu_start marks the event if a period was completed",
  inC: "armpmu_start keeps what armpmu_event_set_period returns and, if that is 1, sets a mark in the event.",
  changes: [
    programming(function* (event) {
      if ((yield* armpmu_event_set_period(event)) !== 0) yield* store(fix_of(event).pending, 1);
    }),
  ],
  state: [eventState],
  excludes: othersAtStart("start-mark"),
  needs: [["read-report"]],
  cost: costs(3, 0, 1),
};
