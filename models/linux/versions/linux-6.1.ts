/**
 * linux-6.1: the driver is the same (arch/arm64/kernel/perf_event.c then); perf's core still keeps a context per PMU,
 * and so disables the PMU in other places.
 *
 * Source: kernel/events/core.c and arch/arm64/kernel/perf_event.c of Linux 6.1, read beside those of 6.5.
 */
import { operation, override } from "../../../src/spec/kernel-function.js";
import { PMUV3_DRIVER } from "../files.js";
import { maxSamplesPerTick, smp_processor_id } from "../config.js";
import {
  perf_ctx_lock,
  perf_ctx_unlock,
  perf_pmu_disable,
  perf_pmu_enable,
  raw_spin_lock,
  raw_spin_unlock,
} from "../kernel/events/core/call.js";
import * as overflow from "../kernel/events/core/overflow.js";
import * as sched from "../kernel/events/core/sched.js";
import * as state from "../kernel/events/core/state.js";
import * as tick from "../kernel/events/core/tick.js";
import { load, loadStable, store } from "../memory.js";
import {
  EVENT_ALL,
  EVENT_FLEXIBLE,
  EVENT_PINNED,
  per_cpu,
  perf_event,
  perf_event_context,
  PERF_EVENT_STATE_ACTIVE,
  PERF_EVENT_STATE_INACTIVE,
  PERF_EVENT_STATE_OFF,
  perfEvent,
  perfEventContext,
  task_struct,
} from "../structs.js";
import { linux_6_5 } from "./linux-6.5.js";
import { release, version } from "./version.js";

/** ctx->nr_active, under ctx->lock. */
const nr_active = operation<[string], number>({
  name: "nr_active",
  local: true,
  perform: (view, _cpu, [ctx]) => {
    const { pinned_groups, flexible_groups } = view.read(perfEventContext(ctx));
    const leaders = [...pinned_groups, ...flexible_groups];
    return leaders.filter((event) => view.read(perfEvent(event)).state === PERF_EVENT_STATE_ACTIVE).length;
  },
});

/** The end of ctx_sched_out: the PMU is left alone if nothing is active. */
const ctx_sched_out_groups = override(sched.__pmu_ctx_sched_out, function* (ctx: string, event_type: number) {
  const { pinned_groups, flexible_groups, rotate_necessary } = perf_event_context(ctx);
  if ((yield* nr_active(ctx)) === 0 || event_type === 0) return;
  yield* perf_pmu_disable();
  if ((event_type & EVENT_PINNED) !== 0) {
    for (const event of yield* loadStable(pinned_groups)) yield* state.group_sched_out(event);
  }
  if ((event_type & EVENT_FLEXIBLE) !== 0) {
    for (const event of yield* loadStable(flexible_groups)) yield* state.group_sched_out(event);
    if (yield* loadStable(rotate_necessary)) yield* store(rotate_necessary, false);
  }
  yield* perf_pmu_enable();
});

/** Asks whether a context is scheduled in before it looks at the next task's; and disables the one PMU. */
const perf_event_context_sched_out = override(
  sched.perf_event_context_sched_out,
  function* (task: string, next: string) {
    const ctx = yield* load(task_struct(task).perf_event_ctxp);
    if (ctx === null) return;
    if ((yield* load(per_cpu(yield* smp_processor_id()).task_ctx)) === null) return;
    const next_ctx = yield* load(task_struct(next).perf_event_ctxp);
    if (next_ctx === null || !(yield* sched.context_equiv(ctx, next_ctx))) {
      yield* raw_spin_lock(ctx);
      yield* perf_pmu_disable();
      yield* state.task_ctx_sched_out(ctx, EVENT_ALL);
      yield* perf_pmu_enable();
      yield* raw_spin_unlock(ctx);
      return;
    }
    yield* raw_spin_lock(ctx);
    yield* raw_spin_lock(next_ctx);
    yield* perf_pmu_disable();
    const pending =
      (yield* load(perf_event_context(ctx).nr_pending)) +
      (yield* load(perf_event_context(next_ctx).nr_pending));
    if (pending !== 0) {
      yield* raw_spin_unlock(next_ctx);
      yield* state.task_ctx_sched_out(ctx, EVENT_ALL);
      yield* perf_pmu_enable();
      yield* raw_spin_unlock(ctx);
      return;
    }
    yield* sched.swap_contexts(task, ctx, next, next_ctx);
    yield* perf_pmu_enable();
    yield* raw_spin_unlock(next_ctx);
    yield* raw_spin_unlock(ctx);
  },
);

/** A context that is on the hardware already is left alone; one PMU, so it is disabled once. */
const perf_event_context_sched_in = override(sched.perf_event_context_sched_in, function* (task: string) {
  const ctx = yield* load(task_struct(task).perf_event_ctxp);
  if (ctx === null) return;
  const cpuctx = per_cpu(yield* smp_processor_id());
  if ((yield* load(cpuctx.task_ctx)) === ctx) return;
  yield* perf_ctx_lock(ctx);
  const { pinned_groups, flexible_groups } = perf_event_context(ctx);
  const pinned = yield* loadStable(pinned_groups);
  const flexible = yield* loadStable(flexible_groups);
  if (pinned.length + flexible.length > 0) {
    yield* perf_pmu_disable();
    const cpu_ctx = yield* loadStable(cpuctx.ctx);
    if (cpu_ctx !== null && pinned.length > 0) yield* sched.ctx_sched_out(cpu_ctx, EVENT_FLEXIBLE);
    yield* state.perf_event_sched_in(ctx);
    yield* perf_pmu_enable();
  }
  yield* perf_ctx_unlock(ctx);
});

/** Stops the PMU itself, once for the whole group. Later its callers do. */
const group_sched_out = override(state.group_sched_out, function* (group_event: string) {
  if ((yield* load(perf_event(group_event).state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* perf_pmu_disable();
  yield* state.event_sched_out(group_event);
  const siblings = yield* loadStable(perf_event(group_event).sibling_list);
  for (const event of siblings) yield* state.event_sched_out(event);
  yield* perf_pmu_enable();
});

/** The PMU is disabled by group_sched_out, or by event_sched_out for a sibling. */
const __perf_event_disable = override(state.__perf_event_disable, function* (event: string, _data: bigint) {
  const it = perf_event(event);
  if ((yield* load(it.state)) < PERF_EVENT_STATE_INACTIVE) return;
  if (event === (yield* loadStable(it.group_leader))) yield* state.group_sched_out(event);
  else yield* state.event_sched_out(event);
  yield* store(it.state, PERF_EVENT_STATE_OFF);
});

/** One PMU, so it is disabled once. */
const ctx_resched = override(state.ctx_resched, function* (task_ctx: string | null, event_type: number) {
  const cpu_ctx = yield* loadStable(per_cpu(yield* smp_processor_id()).ctx);
  yield* perf_pmu_disable();
  if (task_ctx !== null) yield* state.task_ctx_sched_out(task_ctx, state.affected(event_type));
  if (cpu_ctx !== null) yield* state.cpu_ctx_make_way(cpu_ctx, event_type);
  yield* state.perf_event_sched_in(task_ctx);
  yield* perf_pmu_enable();
});

/** As many overflows as the limit are too many, but the first after a tick never is. */
const __perf_event_account_interrupt = override(
  overflow.__perf_event_account_interrupt,
  function* (event: string) {
    const limit = yield* maxSamplesPerTick();
    if (limit === 0) return 0;
    const interrupts = yield* overflow.count_interrupt(event);
    return interrupts > 1 && interrupts >= limit ? yield* overflow.throttle_event(event) : 0;
  },
);

/** The PMU is disabled around the whole loop too. */
const perf_adjust_freq_unthr_context = override(
  tick.perf_adjust_freq_unthr_context,
  function* (ctx: string, needs_unthr: boolean) {
    const { events, nr_freq } = yield* tick.eventsOfContext(ctx);
    if (nr_freq === 0 && !needs_unthr) return;
    yield* raw_spin_lock(ctx);
    yield* perf_pmu_disable();
    for (const event of events) yield* tick.perf_adjust_freq_unthr_event(event);
    yield* perf_pmu_enable();
    yield* raw_spin_unlock(ctx);
  },
);

export const linux_6_1 = version(linux_6_5, {
  name: "linux-6.1",
  summary: "arch/arm64/kernel/perf_event.c with a perf context per PMU",
  kernels: release("6.1"),
  movedFiles: { [PMUV3_DRIVER]: "arch/arm64/kernel/perf_event.c" },
  overrides: {
    ctx_sched_out_groups,
    perf_event_context_sched_out,
    perf_event_context_sched_in,
    group_sched_out,
    __perf_event_disable,
    ctx_resched,
    perf_adjust_freq_unthr_context,
    __perf_event_account_interrupt,
  },
  differences: [
    {
      what:
        "a context per PMU and task: the PMU is disabled once around a reschedule, by group_sched_out and not by its callers, " +
        "around the whole frequency tick, and not where clones have swapped their contexts",
      commit: "before bd2756811766 (6.2)",
    },
    {
      what: "an event is throttled at the overflow that reaches max_samples_per_tick, unless it is the first one after a tick",
      commit: "before 15def34e2635 (6.4)",
    },
    {
      what: "the driver is in arch/arm64/kernel/perf_event.c, with the same functions and register accesses",
      commit: "before df29ddf4f04b and 7755cec63ade (6.4)",
    },
  ],
});
