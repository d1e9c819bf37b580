/**
 * kernel/events/core.c, first part: locking contexts, and calling a function where an event's task runs.
 *
 * Source: that file as of Linux 6.5 (the context layout of 6.2 and later: one context per task).
 * Not modelled: cpuctx->ctx.lock (nothing contends for it), ctx->mutex, events of other PMUs.
 */
import {
  become,
  ignoring,
  kernelFunction,
  operation,
  prototype,
  type KernelFunction,
} from "../../../../../src/spec/kernel-function.js";
import { local_irq_disable, local_irq_enable } from "../../../arch/arm64/include/asm/daifflags.js";
import { current_task, smp_processor_id, WARN_ON_ONCE } from "../../../config.js";
import { decrement, increment } from "../../../compound.js";
import { load, loadStable, poke } from "../../../memory.js";
import {
  EAGAIN,
  ESRCH,
  per_cpu,
  perf_event,
  perf_event_context,
  perfEventContext,
  TASK_TOMBSTONE,
  task_struct,
  type EventFunction,
} from "../../../structs.js";

const smp_call_function_single = prototype<[cpu: number, func: string, info: EventFunction], number>(
  "smp_call_function_single",
);

/** The function pointers of struct pmu, as armpmu_alloc sets them. */
export const pmu = {
  pmu_enable: prototype<[], void>("armpmu_enable"),
  pmu_disable: prototype<[], void>("armpmu_disable"),
  add: prototype<[event: string, flags: number], number>("armpmu_add"),
  del: prototype<[event: string, flags: number], void>("armpmu_del"),
  start: prototype<[event: string, flags: number], void>("armpmu_start"),
  stop: prototype<[event: string, flags: number], void>("armpmu_stop"),
  read: prototype<[event: string], void>("armpmu_read"),
};

/** An event_f, called by name. */
function event_f(func: string) {
  return prototype<[event: string, data: bigint], void>(func);
}

/** Spins until the lock is free. A CPU that takes the lock has masked interrupts, so only another CPU can hold it. */
export const raw_spin_lock = operation<[string], void>({
  name: "raw_spin_lock",
  enabled: (view, _cpu, ctx) => view.read(perfEventContext(ctx)).lock === null,
  perform: (view, cpu, [ctx]) => void poke(view, perf_event_context(ctx).lock, () => cpu),
  show: ([ctx]) => `${ctx}->lock taken`,
});

export const raw_spin_unlock = operation<[string], void>({
  name: "raw_spin_unlock",
  perform: (view, _cpu, [ctx]) => void poke(view, perf_event_context(ctx).lock, () => null),
  show: ([ctx]) => `${ctx}->lock released`,
});

export const raw_spin_lock_irq = kernelFunction("raw_spin_lock_irq", function* (ctx: string) {
  yield* local_irq_disable();
  yield* raw_spin_lock(ctx);
});

export const raw_spin_unlock_irq = kernelFunction("raw_spin_unlock_irq", function* (ctx: string) {
  yield* raw_spin_unlock(ctx);
  yield* local_irq_enable();
});

/** Runs by IPI on the CPU where the task is believed to run, if it is about a task; says if it was so. */
export const remote_function = kernelFunction("remote_function", function* (info: EventFunction) {
  if (info.task !== "") {
    if ((yield* load(task_struct(info.task).cpu)) !== (yield* smp_processor_id())) return -EAGAIN;
    if (info.task !== (yield* current_task())) return -ESRCH;
  }
  return yield* event_function(info);
});

export const task_function_call: KernelFunction<[info: EventFunction], number> = kernelFunction(
  "task_function_call",
  function* (info) {
    const cpu = yield* load(task_struct(info.task).cpu);
    const ret = yield* smp_call_function_single(cpu, "remote_function", info);
    // for (;;) ... if (ret != -EAGAIN) break
    return ret === -EAGAIN ? yield* become(task_function_call, info) : ret;
  },
);

/** event->cpu of an event of a CPU, whose context is named after the CPU. */
const event_cpu = operation<[string], number>({
  name: "event_cpu",
  local: true,
  perform: (_view, _cpu, [ctx]) => Number(ctx.replace(/^cpu/, "")),
});

export const cpu_function_call = kernelFunction(
  "cpu_function_call",
  function* (cpu: number, info: EventFunction) {
    return yield* smp_call_function_single(cpu, "remote_function", info);
  },
);

export const perf_ctx_lock = kernelFunction("perf_ctx_lock", function* (ctx: string | null) {
  if (ctx !== null) yield* raw_spin_lock(ctx);
});

export const perf_ctx_unlock = kernelFunction("perf_ctx_unlock", function* (ctx: string | null) {
  if (ctx !== null) yield* raw_spin_unlock(ctx);
});

/** With interrupts masked on the CPU that was called: is the task, and so its context, really here? */
export const event_function = kernelFunction("event_function", function* (efs: EventFunction) {
  const ctx = yield* loadStable(perf_event(efs.event).ctx);
  const task_ctx = yield* load(per_cpu(yield* smp_processor_id()).task_ctx);
  yield* perf_ctx_lock(task_ctx);
  let ret = 0;
  const task = yield* load(perf_event_context(ctx).task);
  if (task === null) {
    yield* event_f(efs.func)(efs.event, efs.data);
  } else if (task === (yield* current_task())) {
    yield* WARN_ON_ONCE(task_ctx !== ctx, "event_function: another context is scheduled in");
    yield* event_f(efs.func)(efs.event, efs.data);
  } else {
    ret = -ESRCH;
  }
  yield* perf_ctx_unlock(task_ctx);
  return ret;
});

/** Calls a function for an event: on its CPU, on the CPU where its task runs, or here if the task does not run. */
export const event_function_call: KernelFunction<[event: string, func: string, data: bigint], void> =
  kernelFunction("event_function_call", function* (event, func, data) {
    const ctx = yield* loadStable(perf_event(event).ctx);
    const task = yield* load(perf_event_context(ctx).task);
    if (task === null) {
      yield* ignoring(cpu_function_call, yield* event_cpu(ctx), { task: "", func, event, data });
      return;
    }
    if (task === TASK_TOMBSTONE) return;
    if ((yield* task_function_call({ task, func, event, data })) === 0) return;
    yield* raw_spin_lock_irq(ctx);
    const now = yield* load(perf_event_context(ctx).task);
    const active = now !== TASK_TOMBSTONE && (yield* load(perf_event_context(ctx).is_active)) !== 0;
    if (now !== TASK_TOMBSTONE && !active) yield* event_f(func)(event, data);
    yield* raw_spin_unlock_irq(ctx);
    // It was scheduled in meanwhile: goto again
    if (active) return yield* become(event_function_call, event, func, data);
  });

/** For an event of the current task, with interrupts masked. */
export const event_function_local = kernelFunction(
  "event_function_local",
  function* (event: string, func: string) {
    const ctx = yield* loadStable(perf_event(event).ctx);
    yield* perf_ctx_lock(ctx);
    const task = yield* load(perf_event_context(ctx).task);
    const elsewhere =
      task !== null &&
      (yield* load(perf_event_context(ctx).is_active)) !== 0 &&
      task !== (yield* current_task());
    yield* WARN_ON_ONCE(elsewhere, "event_function_local: the context is active, but not here");
    if (task !== TASK_TOMBSTONE && !elsewhere) yield* event_f(func)(event, 0n);
    yield* perf_ctx_unlock(ctx);
  },
);

/** Nests: only the outermost call reaches the PMU. */
export const perf_pmu_disable = kernelFunction("perf_pmu_disable", function* () {
  const count = per_cpu(yield* smp_processor_id()).pmu_disable_count;
  if ((yield* increment(count)) === 0) yield* pmu.pmu_disable();
});

export const perf_pmu_enable = kernelFunction("perf_pmu_enable", function* () {
  const count = per_cpu(yield* smp_processor_id()).pmu_disable_count;
  if ((yield* decrement(count)) === 0) yield* pmu.pmu_enable();
});

/** Every PMU the context has events on: here it is one. */
export const perf_ctx_disable = kernelFunction("perf_ctx_disable", function* (_ctx: string) {
  yield* perf_pmu_disable();
});

export const perf_ctx_enable = kernelFunction("perf_ctx_enable", function* (_ctx: string) {
  yield* perf_pmu_enable();
});
