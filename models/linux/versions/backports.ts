/**
 * Functions of mainline that the long-term trees took over, each with its commit.
 *
 * Source: drivers/perf/arm_pmu.c and kernel/events/core.c of 6.1.192 and 6.12.117.
 */
import { override } from "../../../src/spec/kernel-function.js";
import { maxSamplesPerTick, current_task, smp_processor_id, WARN_ON_ONCE } from "../config.js";
import * as armPmu from "../drivers/perf/arm_pmu.js";
import * as overflow from "../kernel/events/core/overflow.js";
import { send_sig_perf } from "../kernel/signal.js";
import { element, load, loadStable, store } from "../memory.js";
import {
  per_cpu,
  perf_event,
  perf_event_context,
  PERF_EF_RELOAD,
  PERF_EF_START,
  PERF_HES_STOPPED,
  PERF_HES_UPTODATE,
  TASK_TOMBSTONE,
} from "../structs.js";

/** dcca27bc1ecc: the counter must be free, and is not disabled. A flag that the counter's last event left stays. */
export const armpmu_add = override(armPmu.armpmu_add, function* (event: string, flags: number) {
  const hwc = perf_event(event).hw;
  const hw_events = per_cpu(yield* smp_processor_id()).hw_events;
  const idx = yield* armPmu.armpmu.get_event_idx(event);
  if (idx < 0) return idx;
  const taken = (yield* load(element(hw_events.events, idx))) !== null;
  yield* WARN_ON_ONCE(taken, "armpmu_add: the counter has an event");
  yield* store(hwc.idx, idx);
  yield* store(element(hw_events.events, idx), event);
  yield* store(hwc.state, PERF_HES_STOPPED | PERF_HES_UPTODATE);
  if ((flags & PERF_EF_START) !== 0) yield* armPmu.armpmu_start(event, PERF_EF_RELOAD);
  return 0;
});

/** f51972e6f8b9: as many as the limit are too many, and the first after a tick can be. */
export const __perf_event_account_interrupt = override(
  overflow.__perf_event_account_interrupt,
  function* (event: string) {
    const limit = yield* maxSamplesPerTick();
    if (limit === 0) return 0;
    return (yield* overflow.count_interrupt(event)) >= limit ? yield* overflow.throttle_event(event) : 0;
  },
);

/** "perf/core: Fix WARN in perf_sigtrap()": a task that exits gets no signal, and there is no warning. */
export const perf_sigtrap = override(overflow.perf_sigtrap, function* (event: string) {
  const ctx = yield* loadStable(perf_event(event).ctx);
  if ((yield* load(perf_event_context(ctx).task)) === TASK_TOMBSTONE) return;
  const current = yield* current_task();
  const wrong = (yield* load(perf_event_context(ctx).task)) !== current;
  yield* WARN_ON_ONCE(wrong, "perf_sigtrap: the event belongs to another task");
  if (!wrong) yield* send_sig_perf(event, current);
});
