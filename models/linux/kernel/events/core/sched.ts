/**
 * kernel/events/core.c, third part: whole contexts out and in, on context switches.
 *
 * Source: that file as of Linux 6.5.
 * Not modelled: what the sched_task callbacks do, cgroup switches, PERF_RECORD_SWITCH, event rotation disabled by inheritance.
 */
import { kernelFunction, operation } from "../../../../../src/spec/kernel-function.js";
import { smp_processor_id } from "../../../config.js";
import {
  perf_ctx_disable,
  perf_ctx_enable,
  perf_ctx_lock,
  perf_ctx_unlock,
  perf_pmu_disable,
  perf_pmu_enable,
  raw_spin_lock,
  raw_spin_unlock,
} from "./call.js";
import { group_sched_in, group_sched_out, perf_event_sched_in, task_ctx_sched_out } from "./state.js";
import { andNotAssign, orAssign } from "../../../compound.js";
import { load, loadStable, poke, store } from "../../../memory.js";
import {
  EVENT_ALL,
  EVENT_FLEXIBLE,
  EVENT_PINNED,
  event_type_t,
  per_cpu,
  perf_event,
  perf_event_context,
  PERF_EVENT_STATE_ERROR,
  PERF_EVENT_STATE_INACTIVE,
  perfEventContext,
  task_struct,
} from "../../../structs.js";

/** With ctx->lock held the lists cannot change. */
export const __pmu_ctx_sched_out = kernelFunction(
  "__pmu_ctx_sched_out",
  function* (ctx: string, event_type: number) {
    const { pinned_groups, flexible_groups, rotate_necessary } = perf_event_context(ctx);
    if ((event_type & EVENT_ALL) === 0) return;
    yield* perf_pmu_disable();
    if ((event_type & EVENT_PINNED) !== 0) {
      for (const event of yield* loadStable(pinned_groups)) yield* group_sched_out(event);
    }
    if ((event_type & EVENT_FLEXIBLE) !== 0) {
      for (const event of yield* loadStable(flexible_groups)) yield* group_sched_out(event);
      if (yield* loadStable(rotate_necessary)) yield* store(rotate_necessary, false);
    }
    yield* perf_pmu_enable();
  },
  { arguments: [undefined, event_type_t] },
);

export const ctx_sched_out = kernelFunction(
  "ctx_sched_out",
  function* (ctx: string, event_type: number) {
    const was = yield* andNotAssign(perf_event_context(ctx).is_active, event_type);
    const { task } = perf_event_context(ctx);
    const still = was & ~event_type;
    if ((yield* loadStable(task)) !== null && still === 0) {
      yield* store(per_cpu(yield* smp_processor_id()).task_ctx, null);
    }
    yield* __pmu_ctx_sched_out(ctx, was ^ still);
  },
  { arguments: [undefined, event_type_t] },
);

/** Are the two contexts clones of one, unchanged since? Events are never added here, so the generation never differs. */
export const context_equiv = operation<[string, string], boolean>({
  name: "context_equiv",
  local: true,
  perform: (view, _cpu, [a, b]) => {
    const { parent_ctx } = view.read(perfEventContext(a));
    const other = view.read(perfEventContext(b)).parent_ctx;
    return parent_ctx === b || other === a || (parent_ctx !== null && parent_ctx === other);
  },
});

/** Instead of taking equivalent events out and putting them in: the tasks swap contexts, and the hardware goes on. */
export const swap_contexts = operation<[string, string, string, string], void>({
  name: "swap_contexts",
  perform: (view, _cpu, [task, ctx, next, next_ctx]) => {
    poke(view, task_struct(task).perf_event_ctxp, () => next_ctx);
    poke(view, task_struct(next).perf_event_ctxp, () => ctx);
    poke(view, perf_event_context(ctx).task, () => next);
    poke(view, perf_event_context(next_ctx).task, () => task);
  },
  show: ([task, , next]) => `${task} and ${next} swap contexts`,
});

export const perf_event_context_sched_out = kernelFunction(
  "perf_event_context_sched_out",
  function* (task: string, next: string) {
    const ctx = yield* load(task_struct(task).perf_event_ctxp);
    if (ctx === null) return;
    const next_ctx = yield* load(task_struct(next).perf_event_ctxp);
    if (next_ctx !== null && (yield* context_equiv(ctx, next_ctx))) {
      yield* raw_spin_lock(ctx);
      yield* raw_spin_lock(next_ctx);
      yield* perf_ctx_disable(ctx);
      // A SIGTRAP on its way needs the task to keep its context. An overflow flag that nobody handled does not count.
      const pending =
        (yield* load(perf_event_context(ctx).nr_pending)) +
        (yield* load(perf_event_context(next_ctx).nr_pending));
      if (pending === 0) {
        yield* swap_contexts(task, ctx, next, next_ctx);
        yield* perf_ctx_enable(ctx);
      } else {
        yield* task_ctx_sched_out(ctx, EVENT_ALL);
        yield* perf_ctx_enable(ctx);
      }
      yield* raw_spin_unlock(next_ctx);
      yield* raw_spin_unlock(ctx);
      return;
    }
    yield* raw_spin_lock(ctx);
    yield* perf_ctx_disable(ctx);
    yield* task_ctx_sched_out(ctx, EVENT_ALL);
    yield* perf_ctx_enable(ctx);
    yield* raw_spin_unlock(ctx);
  },
);

/** Called by the scheduler with interrupts masked, before it switches away from `task`. */
export const __perf_event_task_sched_out = kernelFunction(
  "__perf_event_task_sched_out",
  function* (task: string, next: string) {
    yield* perf_event_context_sched_out(task, next);
  },
);

/** Returns whether hardware events can still be added after this one. */
export const merge_sched_in = kernelFunction(
  "merge_sched_in",
  function* (event: string, can_add_hw: boolean) {
    const it = perf_event(event);
    const ctx = yield* loadStable(it.ctx);
    const state = yield* load(it.state);
    if (state < PERF_EVENT_STATE_INACTIVE) return can_add_hw;
    if (can_add_hw) yield* group_sched_in(event);
    if ((yield* load(it.state)) !== PERF_EVENT_STATE_INACTIVE) return can_add_hw;
    if (yield* loadStable(it.attr.pinned)) {
      yield* store(it.state, PERF_EVENT_STATE_ERROR);
    } else {
      yield* store(perf_event_context(ctx).rotate_necessary, true);
      // perf_mux_hrtimer_restart
      yield* store(per_cpu(yield* smp_processor_id()).mux_hrtimer_active, true);
    }
    return false;
  },
);

export const ctx_sched_in = kernelFunction(
  "ctx_sched_in",
  function* (ctx: string, event_type: number) {
    const { is_active, task, pinned_groups, flexible_groups } = perf_event_context(ctx);
    const was = yield* orAssign(is_active, event_type);
    if ((yield* loadStable(task)) !== null && was === 0) {
      yield* store(per_cpu(yield* smp_processor_id()).task_ctx, ctx);
    }
    const changed = event_type & ~was;
    for (const groups of [
      (changed & EVENT_PINNED) !== 0 ? yield* loadStable(pinned_groups) : [],
      (changed & EVENT_FLEXIBLE) !== 0 ? yield* loadStable(flexible_groups) : [],
    ]) {
      let can_add_hw = true;
      for (const event of groups) can_add_hw = yield* merge_sched_in(event, can_add_hw);
    }
  },
  { arguments: [undefined, event_type_t] },
);

export const perf_event_context_sched_in = kernelFunction(
  "perf_event_context_sched_in",
  function* (task: string) {
    const ctx = yield* load(task_struct(task).perf_event_ctxp);
    if (ctx === null) return;
    const cpuctx = per_cpu(yield* smp_processor_id());
    // The contexts were swapped, and this one is on the hardware already. The PMU is stopped and started all the same, around
    // the sched_task callbacks.
    if ((yield* load(cpuctx.task_ctx)) === ctx) {
      yield* perf_ctx_lock(ctx);
      yield* perf_ctx_disable(ctx);
      yield* perf_ctx_enable(ctx);
      yield* perf_ctx_unlock(ctx);
      return;
    }
    yield* perf_ctx_lock(ctx);
    const { pinned_groups, flexible_groups } = perf_event_context(ctx);
    const pinned = yield* loadStable(pinned_groups);
    const flexible = yield* loadStable(flexible_groups);
    if (pinned.length + flexible.length > 0) {
      yield* perf_ctx_disable(ctx);
      // The CPU's flexible events make way only for pinned ones.
      const cpu_ctx = pinned.length > 0 ? yield* loadStable(cpuctx.ctx) : null;
      if (cpu_ctx !== null) {
        yield* perf_ctx_disable(cpu_ctx);
        yield* ctx_sched_out(cpu_ctx, EVENT_FLEXIBLE);
      }
      yield* perf_event_sched_in(ctx);
      if (cpu_ctx !== null) yield* perf_ctx_enable(cpu_ctx);
      yield* perf_ctx_enable(ctx);
    }
    yield* perf_ctx_unlock(ctx);
  },
);

/** Called by the scheduler with interrupts masked, after it switched to `task`. */
export const __perf_event_task_sched_in = kernelFunction(
  "__perf_event_task_sched_in",
  function* (_prev: string, task: string) {
    yield* perf_event_context_sched_in(task);
  },
);
