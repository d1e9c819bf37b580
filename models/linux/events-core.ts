/**
 * kernel/events/core.c: how perf schedules events out and in, and what it does with an overflow; same functions
 * in the same order.
 *
 * Source: that file as of Linux 6.5 to 6.7 (the context layout of 6.2 and later: one context per task).
 * Not modelled: CPU events, groups and their siblings, cgroups, inherited contexts and their swap, time keeping,
 *   ctx->lock (nothing contends for it here), the throttling of __perf_event_account_interrupt, event_limit,
 *   SIGTRAP, the sample's contents and the ring buffer, ioctls, close and exit.
 */
import { kernelFunction, prototype } from "../../src/spec/kernel-function.js";
import { report } from "../ground-truth.js";
import { smp_processor_id } from "./config.js";
import { irq_work_queue } from "./irq_work.js";
import { load, loadStable, postIncrement, preDecrement, store, storeAndNot, storeOr } from "./memory.js";
import { kill_fasync } from "./signal.js";
import {
  per_cpu,
  perf_event,
  PERF_EF_START,
  PERF_EVENT_STATE_ACTIVE,
  PERF_EVENT_STATE_INACTIVE,
  task_struct,
} from "./structs.js";

/** enum event_type_t */
export const EVENT_FLEXIBLE = 0x1;
export const EVENT_PINNED = 0x2;
export const EVENT_ALL = EVENT_FLEXIBLE | EVENT_PINNED;

const POLL_IN = 1;

/** The function pointers of struct pmu, as armpmu_alloc sets them. */
const pmu = {
  pmu_enable: prototype<[], void>("armpmu_enable"),
  pmu_disable: prototype<[], void>("armpmu_disable"),
  add: prototype<[event: string, flags: number], number>("armpmu_add"),
  del: prototype<[event: string, flags: number], void>("armpmu_del"),
};

/** Nests: only the outermost call reaches the PMU. */
export const perf_pmu_disable = kernelFunction("perf_pmu_disable", function* () {
  const count = per_cpu(yield* smp_processor_id()).pmu_disable_count;
  if ((yield* postIncrement(count)) === 0) yield* pmu.pmu_disable();
});

export const perf_pmu_enable = kernelFunction("perf_pmu_enable", function* () {
  const count = per_cpu(yield* smp_processor_id()).pmu_disable_count;
  if ((yield* preDecrement(count)) === 0) yield* pmu.pmu_enable();
});

/** Every PMU the context has events on: here it is one. */
export const perf_ctx_disable = kernelFunction("perf_ctx_disable", function* (_task: string) {
  yield* perf_pmu_disable();
});

export const perf_ctx_enable = kernelFunction("perf_ctx_enable", function* (_task: string) {
  yield* perf_pmu_enable();
});

export const event_sched_out = kernelFunction("event_sched_out", function* (event: string) {
  const it = perf_event(event);
  if ((yield* load(it.state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* perf_pmu_disable();
  yield* pmu.del(event, 0);
  yield* store(it.oncpu, -1);
  yield* store(it.state, PERF_EVENT_STATE_INACTIVE);
  yield* perf_pmu_enable();
});

export const group_sched_out = kernelFunction("group_sched_out", function* (group_event: string) {
  if ((yield* load(perf_event(group_event).state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* event_sched_out(group_event);
});

export const event_sched_in = kernelFunction("event_sched_in", function* (event: string) {
  const it = perf_event(event);
  // oncpu before ACTIVE, so that whoever sees ACTIVE sees the CPU.
  yield* store(it.oncpu, yield* smp_processor_id());
  yield* store(it.state, PERF_EVENT_STATE_ACTIVE);
  yield* perf_pmu_disable();
  let ret = 0;
  if ((yield* pmu.add(event, PERF_EF_START)) !== 0) {
    yield* store(it.state, PERF_EVENT_STATE_INACTIVE);
    yield* store(it.oncpu, -1);
    ret = -1;
  }
  yield* perf_pmu_enable();
  return ret;
});

export const group_sched_in = kernelFunction("group_sched_in", function* (group_event: string) {
  return yield* event_sched_in(group_event);
});

export const task_ctx_sched_out = kernelFunction(
  "task_ctx_sched_out",
  function* (task: string, event_type: number) {
    const cpuctx = per_cpu(yield* smp_processor_id());
    if ((yield* load(cpuctx.task_ctx)) === null) return;
    yield* ctx_sched_out(task, event_type);
  },
);

export const perf_event_sched_in = kernelFunction("perf_event_sched_in", function* (task: string) {
  yield* ctx_sched_in(task, EVENT_PINNED);
  yield* ctx_sched_in(task, EVENT_FLEXIBLE);
});

export const __pmu_ctx_sched_out = kernelFunction("__pmu_ctx_sched_out", function* (task: string) {
  yield* perf_pmu_disable();
  for (const event of yield* loadStable(task_struct(task).events)) yield* group_sched_out(event);
  yield* perf_pmu_enable();
});

export const ctx_sched_out = kernelFunction("ctx_sched_out", function* (task: string, event_type: number) {
  const cpuctx = per_cpu(yield* smp_processor_id());
  const was = yield* storeAndNot(task_struct(task).is_active, event_type);
  if ((was & ~event_type) === 0) yield* store(cpuctx.task_ctx, null);
  yield* __pmu_ctx_sched_out(task);
});

export const perf_event_context_sched_out = kernelFunction(
  "perf_event_context_sched_out",
  function* (task: string, _next: string) {
    if ((yield* loadStable(task_struct(task).events)).length === 0) return;
    yield* perf_ctx_disable(task);
    yield* task_ctx_sched_out(task, EVENT_ALL);
    yield* perf_ctx_enable(task);
  },
);

/** Called by the scheduler with interrupts masked, before it switches away from `task`. */
export const __perf_event_task_sched_out = kernelFunction(
  "__perf_event_task_sched_out",
  function* (task: string, next: string) {
    yield* perf_event_context_sched_out(task, next);
  },
);

export const merge_sched_in = kernelFunction("merge_sched_in", function* (event: string) {
  yield* group_sched_in(event);
});

/** All events of the task are pinned, as the reproducer's is: the flexible pass finds none. */
export const ctx_sched_in = kernelFunction("ctx_sched_in", function* (task: string, event_type: number) {
  const cpuctx = per_cpu(yield* smp_processor_id());
  const was = yield* storeOr(task_struct(task).is_active, event_type);
  if (was === 0) yield* store(cpuctx.task_ctx, task);
  if ((event_type & EVENT_PINNED) === 0) return;
  for (const event of yield* loadStable(task_struct(task).events)) yield* merge_sched_in(event);
});

export const perf_event_context_sched_in = kernelFunction(
  "perf_event_context_sched_in",
  function* (task: string) {
    if ((yield* loadStable(task_struct(task).events)).length === 0) return;
    const cpuctx = per_cpu(yield* smp_processor_id());
    if ((yield* load(cpuctx.task_ctx)) === task) return;
    yield* perf_ctx_disable(task);
    yield* perf_event_sched_in(task);
    yield* perf_ctx_enable(task);
  },
);

/** Called by the scheduler with interrupts masked, after it switched to `task`. */
export const __perf_event_task_sched_in = kernelFunction(
  "__perf_event_task_sched_in",
  function* (_prev: string, task: string) {
    yield* perf_event_context_sched_in(task);
  },
);

export const perf_event_wakeup = kernelFunction("perf_event_wakeup", function* (event: string) {
  if ((yield* load(perf_event(event).pending_kill)) === 0) return;
  yield* kill_fasync(event);
  yield* store(perf_event(event).pending_kill, 0);
});

/** The irq_work of an event. */
export const perf_pending_irq = kernelFunction("perf_pending_irq", function* (event: string) {
  const it = perf_event(event);
  if ((yield* load(it.pending_wakeup)) === 0) return;
  yield* store(it.pending_wakeup, 0);
  yield* perf_event_wakeup(event);
});

export const __perf_event_overflow = kernelFunction("__perf_event_overflow", function* (event: string) {
  const it = perf_event(event);
  yield* store(it.pending_kill, POLL_IN);
  if (yield* loadStable(it.fasync)) {
    yield* store(it.pending_wakeup, 1);
    yield* irq_work_queue(event);
  }
  return 0;
});

/** The report: what the checked property is about. Nonzero asks the driver to throttle the event. */
export const perf_event_overflow = kernelFunction("perf_event_overflow", function* (event: string) {
  yield* report(event);
  return yield* __perf_event_overflow(event);
});
