/**
 * Edits of armpmu_read, for the loss of docs/reference/second-loss.md: an NMI in the middle of armpmu_event_update.
 */
import type { Edit } from "../../src/spec/edit.js";
import { changing } from "../../src/spec/fix.js";
import { ignoring } from "../../src/spec/kernel-function.js";
import { write_pmovsset } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { read_daif_i, write_daif_i } from "../linux/arch/arm64/include/asm/daifflags.js";
import { armpmu_event_set_period, armpmu_read } from "../linux/drivers/perf/arm_pmu.js";
import { perf_pmu_disable, perf_pmu_enable } from "../linux/kernel/events/core/call.js";
import { perf_event_overflow } from "../linux/kernel/events/core/overflow.js";
import { load, store } from "../linux/memory.js";
import { perf_event } from "../linux/structs.js";
import { costs, eventState, fix_of, overflow_bit } from "./common.js";

export const readMasked: Edit = {
  name: "read-masked",
  summary: "armpmu_read masks everything, pseudo-NMIs too, around its update",
  inC: "armpmu_read saves DAIF, masks it, calls armpmu_event_update, and restores it (arm64: local_daif_save and local_daif_restore).",
  changes: [
    changing(armpmu_read, function* (base, event) {
      const masked = yield* read_daif_i();
      yield* write_daif_i(true);
      yield* base(event);
      yield* write_daif_i(masked);
    }),
  ],
  cost: costs(4, 3),
};

export const readRelatch: Edit = {
  name: "read-relatch",
  summary: "armpmu_read sets the overflow flag where its update ends with period_left <= 0",
  inC: "armpmu_read, after armpmu_event_update, writes the event's bit to PMOVSSET if period_left <= 0.",
  changes: [
    changing(armpmu_read, function* (base, event) {
      yield* base(event);
      const over = (yield* load(perf_event(event).hw.period_left)) <= 0n;
      if (over) yield* write_pmovsset(yield* overflow_bit(event));
    }),
  ],
  excludes: ["read-report"],
  cost: costs(4, 1),
};

export const readPmuOff: Edit = {
  name: "read-pmu-off",
  summary: "armpmu_read disables the PMU around its update",
  inC: "armpmu_read calls perf_pmu_disable before armpmu_event_update, and perf_pmu_enable after it.",
  changes: [
    changing(armpmu_read, function* (base, event) {
      yield* perf_pmu_disable();
      yield* base(event);
      yield* perf_pmu_enable();
    }),
  ],
  cost: costs(2, 10),
};

export const readReport: Edit = {
  name: "read-report",
  summary: "armpmu_read reports a period that it finds completed, or that the event is marked for",
  inC: "armpmu_read, after armpmu_event_update, calls armpmu_event_set_period if period_left <= 0; if it did or the event is marked, it clears the mark and calls perf_event_overflow.",
  changes: [
    changing(armpmu_read, function* (base, event) {
      yield* base(event);
      const { pending } = fix_of(event);
      const completed = (yield* load(perf_event(event).hw.period_left)) <= 0n;
      if (completed) yield* ignoring(armpmu_event_set_period, event);
      if (!completed && (yield* load(pending)) === 0) return;
      yield* store(pending, 0);
      yield* ignoring(perf_event_overflow, event);
    }),
  ],
  state: [eventState],
  cost: costs(8, 2, 1),
};
