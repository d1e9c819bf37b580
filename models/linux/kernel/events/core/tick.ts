/**
 * kernel/events/core.c, fourth part: what happens at ticks and timers, and reading a count.
 *
 * Source: that file as of Linux 6.5.
 * Not modelled: time and rates. perf_adjust_period keeps the sample period and either leaves period_left or writes
 *   the 0 that means "start afresh", as the kernel does when the new period is much shorter.
 */
import {
  become,
  kernelFunction,
  macro,
  operation,
  prototype,
  type Kernel,
  type KernelFunction,
} from "../../../../../src/spec/kernel-function.js";
import { readWhileActive, startAfresh } from "../../../../ground-truth.js";
import { smp_processor_id } from "../../../config.js";
import {
  perf_ctx_lock,
  perf_ctx_unlock,
  perf_pmu_disable,
  perf_pmu_enable,
  pmu,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spin_lock_irq,
  raw_spin_unlock_irq,
} from "./call.js";
import { ctx_sched_out } from "./sched.js";
import { perf_event_sched_in } from "./state.js";
import { load, loadStable, poke, store } from "../../../memory.js";
import {
  EVENT_FLEXIBLE,
  type EventFunction,
  MAX_INTERRUPTS,
  per_cpu,
  PERF_EF_RELOAD,
  PERF_EF_UPDATE,
  perf_event,
  perf_event_context,
  PERF_EVENT_STATE_ACTIVE,
  PERF_EVENT_STATE_ERROR,
  PERF_EVENT_STATE_INACTIVE,
  perfEvent,
  perfEventContext,
} from "../../../structs.js";

const smp_call_function_single = prototype<[cpu: number, func: string, info: EventFunction], number>(
  "smp_call_function_single",
);

/** What the rate demands is the environment's choice. */
const rate = operation<[], string>({
  name: "perf_calculate_period",
  choices: () => ["period_left stays", "period_left = 0"],
  perform: (_view, _cpu, _, choice) => choice,
  show: (_, choice) => `the rate says: ${choice}`,
});

/** The event is stopped already (`disable` is false at the tick). */
export const perf_adjust_period = kernelFunction("perf_adjust_period", function* (event: string) {
  if ((yield* rate()) === "period_left = 0") yield* startAfresh(event, "rate");
});

/** The body of the loop: an active event is unthrottled and, in frequency mode, stopped and started. */
export const perf_adjust_freq_unthr_event = macro("perf_adjust_freq_unthr_event", function* (event: string) {
  const it = perf_event(event);
  if ((yield* load(it.state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* perf_pmu_disable();
  if ((yield* load(it.hw.interrupts)) === MAX_INTERRUPTS) {
    yield* store(it.hw.interrupts, 0);
    yield* pmu.start(event, 0);
  }
  if (yield* loadStable(it.attr.freq)) {
    // Stops the event, whatever its overflow flag says.
    yield* pmu.stop(event, PERF_EF_UPDATE);
    yield* perf_adjust_period(event);
    yield* pmu.start(event, PERF_EF_RELOAD);
  }
  yield* perf_pmu_enable();
});

/** ctx->event_list, and how many leaders of it are in frequency mode. */
export function* eventsOfContext(ctx: string): Kernel<{ events: readonly string[]; nr_freq: number }> {
  const { pinned_groups, flexible_groups } = perf_event_context(ctx);
  const leaders = [...(yield* loadStable(pinned_groups)), ...(yield* loadStable(flexible_groups))];
  const events: string[] = [];
  let nr_freq = 0;
  for (const leader of leaders) {
    events.push(leader, ...(yield* loadStable(perf_event(leader).sibling_list)));
    if (yield* loadStable(perf_event(leader).attr.freq)) nr_freq++;
  }
  return { events, nr_freq };
}

/** Unthrottles what was throttled; stops and starts events in frequency mode. The PMU is disabled for each active event. */
export const perf_adjust_freq_unthr_context = kernelFunction(
  "perf_adjust_freq_unthr_context",
  function* (ctx: string, needs_unthr: boolean) {
    const { events, nr_freq } = yield* eventsOfContext(ctx);
    if (nr_freq === 0 && !needs_unthr) return;
    yield* raw_spin_lock(ctx);
    for (const event of events) yield* perf_adjust_freq_unthr_event(event);
    yield* raw_spin_unlock(ctx);
  },
);

/** The first flexible group goes to the end. */
const rotate_ctx = operation<[string], void>({
  name: "rotate_ctx",
  perform: (view, cpu, [ctx]) => {
    view.observe({ kind: "timer", cpu, did: "rotation" });
    poke(view, perf_event_context(ctx).flexible_groups, ([first, ...rest]) =>
      first === undefined ? [] : [...rest, first],
    );
  },
  show: ([ctx]) => `${ctx}: the first flexible group goes last`,
});

export const perf_rotate_context = kernelFunction("perf_rotate_context", function* () {
  const ctx = yield* load(per_cpu(yield* smp_processor_id()).task_ctx);
  if (ctx === null || !(yield* load(perf_event_context(ctx).rotate_necessary))) return false;
  yield* perf_ctx_lock(ctx);
  yield* perf_pmu_disable();
  yield* store(perf_event_context(ctx).rotate_necessary, false);
  yield* ctx_sched_out(ctx, EVENT_FLEXIBLE);
  yield* rotate_ctx(ctx);
  yield* perf_event_sched_in(ctx);
  yield* perf_pmu_enable();
  yield* perf_ctx_unlock(ctx);
  return true;
});

export const perf_mux_hrtimer_handler = kernelFunction("perf_mux_hrtimer_handler", function* () {
  if (yield* perf_rotate_context()) return;
  yield* store(per_cpu(yield* smp_processor_id()).mux_hrtimer_active, false);
});

/** A new perf_throttled_seq: the events active here have had a tick since their last overflow. */
const next_throttled_seq = operation<[readonly (string | null)[]], void>({
  name: "next_throttled_seq",
  perform: (view, cpu, [contexts]) => {
    view.observe({ kind: "timer", cpu, did: "tick" });
    for (const ctx of contexts) {
      if (ctx === null) continue;
      const { pinned_groups, flexible_groups } = view.read(perfEventContext(ctx));
      for (const leader of [...pinned_groups, ...flexible_groups]) {
        for (const event of [leader, ...view.read(perfEvent(leader)).sibling_list]) {
          poke(view, perf_event(event).hw.interrupts_seq_current, () => false);
        }
      }
    }
  },
  show: () => "perf_throttled_seq++",
});

const take_throttled_count = operation<[], number>({
  name: "take_throttled_count",
  perform: (view, cpu) => poke(view, per_cpu(cpu).perf_throttled_count, () => 0),
  show: (_, count) => `perf_throttled_count = 0 (was ${count})`,
});

export const perf_event_task_tick = kernelFunction("perf_event_task_tick", function* () {
  const cpuctx = per_cpu(yield* smp_processor_id());
  const contexts = [yield* loadStable(cpuctx.ctx), yield* load(cpuctx.task_ctx)];
  yield* next_throttled_seq(contexts);
  const throttled = (yield* take_throttled_count()) > 0;
  for (const ctx of contexts) {
    if (ctx !== null) yield* perf_adjust_freq_unthr_context(ctx, throttled);
  }
});

/**
 * Runs by IPI where the event is active, with interrupts masked: folds the counter into the count; for a group (`data` is
 * 1) those of the siblings too. A pseudo-NMI is not masked.
 */
export const __perf_event_read = kernelFunction(
  "__perf_event_read",
  function* ({ event, data }: EventFunction) {
    const { ctx, state } = perf_event(event);
    const name = yield* loadStable(ctx);
    const ofTask = (yield* loadStable(perf_event_context(name).task)) !== null;
    if (ofTask && (yield* load(per_cpu(yield* smp_processor_id()).task_ctx)) !== name) return 0;
    yield* raw_spin_lock(name);
    if ((yield* load(state)) === PERF_EVENT_STATE_ACTIVE) {
      yield* readWhileActive(event);
      yield* pmu.read(event);
      const siblings = data === READ_GROUP ? yield* loadStable(perf_event(event).sibling_list) : [];
      for (const sub of siblings) yield* perf_pmu_read(sub);
    }
    yield* raw_spin_unlock(name);
    return 0;
  },
);

/** perf_read_data.group, as __perf_event_read is given it. */
const READ_ONE = 0n;
const READ_GROUP = 1n;

export const perf_pmu_read = kernelFunction("perf_pmu_read", function* (event: string) {
  if ((yield* load(perf_event(event).state)) === PERF_EVENT_STATE_ACTIVE) yield* pmu.read(event);
});

export const perf_event_read: KernelFunction<[event: string, group: boolean], void> = kernelFunction(
  "perf_event_read",
  function* (event, group) {
    const it = perf_event(event);
    const state = yield* load(it.state);
    if (state === PERF_EVENT_STATE_ACTIVE) {
      const cpu = yield* load(it.oncpu);
      const info = { task: "", func: "", event, data: group ? READ_GROUP : READ_ONE };
      if (cpu >= 0) yield* smp_call_function_single(cpu, "__perf_event_read", info);
    } else if (state === PERF_EVENT_STATE_INACTIVE) {
      const ctx = yield* loadStable(it.ctx);
      yield* raw_spin_lock_irq(ctx);
      const scheduledIn = (yield* load(it.state)) !== PERF_EVENT_STATE_INACTIVE;
      yield* raw_spin_unlock_irq(ctx);
      // goto again
      if (scheduledIn) return yield* become(perf_event_read, event, group);
    }
  },
);

/** read(2), of one event or, with PERF_FORMAT_GROUP, of a leader and its siblings. */
export const perf_read = kernelFunction("perf_read", function* (event: string, group: boolean) {
  if ((yield* load(perf_event(event).state)) === PERF_EVENT_STATE_ERROR) return;
  yield* perf_event_read(event, group);
  if (!group) return;
  // __perf_read_group_add: the counts are collected with the lock held.
  const ctx = yield* loadStable(perf_event(event).ctx);
  yield* raw_spin_lock_irq(ctx);
  yield* raw_spin_unlock_irq(ctx);
});
