/**
 * linux-6.1: the driver is the same (arch/arm64/kernel/perf_event.c then); perf's core still keeps a context per PMU,
 * and so disables the PMU in other places.
 *
 * Source: kernel/events/core.c and arch/arm64/kernel/perf_event.c of Linux 6.1, read beside those of 6.5.
 */
import { operation, override } from "../../../src/spec/kernel-function.js";
import { smp_processor_id } from "../config.js";
import {
  perf_ctx_lock,
  perf_ctx_unlock,
  perf_pmu_disable,
  perf_pmu_enable,
  raw_spin_lock,
  raw_spin_unlock,
} from "../kernel/events/core/call.js";
import * as sched from "../kernel/events/core/sched.js";
import * as state from "../kernel/events/core/state.js";
import { load, loadStable, store } from "../memory.js";
import {
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
  if ((event_type & state.EVENT_PINNED) !== 0) {
    for (const event of yield* loadStable(pinned_groups)) yield* state.group_sched_out(event);
  }
  if ((event_type & state.EVENT_FLEXIBLE) !== 0) {
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
      yield* state.task_ctx_sched_out(ctx, state.EVENT_ALL);
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
      yield* state.task_ctx_sched_out(ctx, state.EVENT_ALL);
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

/** The CPU's flexible events make way only if the task has pinned ones. */
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
    if (cpu_ctx !== null && pinned.length > 0) yield* sched.ctx_sched_out(cpu_ctx, state.EVENT_FLEXIBLE);
    yield* state.perf_event_sched_in(ctx);
    yield* perf_pmu_enable();
  }
  yield* perf_ctx_unlock(ctx);
});

/** No bracket of its own: event_sched_out disables the PMU for each event. */
const __perf_event_disable = override(state.__perf_event_disable, function* (event: string, _data: bigint) {
  const it = perf_event(event);
  if ((yield* load(it.state)) < PERF_EVENT_STATE_INACTIVE) return;
  if (event === (yield* loadStable(it.group_leader))) yield* state.group_sched_out(event);
  else yield* state.event_sched_out(event);
  yield* store(it.state, PERF_EVENT_STATE_OFF);
});

/** One PMU, so it is disabled once. */
const ctx_resched = override(state.ctx_resched, function* (task_ctx: string, event_type: number) {
  const type = (event_type & state.EVENT_PINNED) !== 0 ? state.EVENT_ALL : event_type;
  const cpu_ctx = yield* loadStable(per_cpu(yield* smp_processor_id()).ctx);
  yield* perf_pmu_disable();
  yield* state.task_ctx_sched_out(task_ctx, type);
  if (cpu_ctx !== null && (type & state.EVENT_PINNED) !== 0) {
    yield* sched.ctx_sched_out(cpu_ctx, state.EVENT_FLEXIBLE);
  }
  yield* state.perf_event_sched_in(task_ctx);
  yield* perf_pmu_enable();
});

export const linux_6_1 = version(linux_6_5, {
  name: "linux-6.1",
  summary: "arch/arm64/kernel/perf_event.c with a perf context per PMU",
  kernels: release("6.1"),
  overrides: {
    ctx_sched_out_groups,
    perf_event_context_sched_out,
    perf_event_context_sched_in,
    __perf_event_disable,
    ctx_resched,
  },
  differences: [
    {
      what:
        "a context per PMU and task: the PMU is disabled once around a reschedule, only if something is active when a " +
        "context goes out, and not around __perf_event_disable",
      commit: "before bd2756811766 (6.2)",
    },
    {
      what: "the driver is in arch/arm64/kernel/perf_event.c, with the same functions and register accesses",
      commit: "before df29ddf4f04b and 7755cec63ade (6.4)",
    },
  ],
});
