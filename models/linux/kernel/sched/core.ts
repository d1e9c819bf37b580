/* oxlint-disable max-lines -- it has the functions of the C file of its name, in the order of that file */
/**
 * kernel/sched/core.c, idle.c, kernel/stop_machine.c: switching tasks and moving them; same functions in the same
 * order.
 *
 * Source: those files as of Linux 6.5.
 * Not modelled: scheduling classes and their policies (tasks take turns; the stopper comes first, the idle task
 *   last), preemption in the kernel, task states other than running and sleeping, on_cpu, pi_lock, memory
 *   contexts, RCU, load balancing.
 */
import { castDraft } from "immer";

import type { ReadView } from "../../../../src/spec/component.js";
import {
  become,
  kernelFunction,
  operation,
  prototype,
  type KernelFunction,
} from "../../../../src/spec/kernel-function.js";
import { isPending, noteMigration } from "../../../ground-truth.js";
import { kernelBudget, pe } from "../../../arm/pe.js";
import { pmu, synchronise } from "../../../arm/pmuv3.js";
import { sync } from "../../../parameters.js";
import { local_irq_disable, local_irq_enable } from "../../arch/arm64/include/asm/daifflags.js";
import { current_task, smp_processor_id } from "../../config.js";
import { load, poke, store, storeAndNot, storeOr } from "../../memory.js";
import { smp_send_reschedule } from "../smp.js";
import {
  perfEvent,
  perfEventContext,
  runQueue,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  task_struct,
  taskStruct,
  TIF_NEED_RESCHED,
} from "../../structs.js";
import { resetSlice } from "../../slice.js";

const armpmu_reset = prototype<[], void>("armv8pmu_reset");
const perf_event_sched_in = prototype<[ctx: string | null], void>("perf_event_sched_in");
const perf_event_task_sched_out = prototype<[prev: string, next: string], void>(
  "__perf_event_task_sched_out",
);
const perf_event_task_sched_in = prototype<[prev: string, task: string], void>("__perf_event_task_sched_in");

export function idleTask(cpu: number): string {
  return `swapper/${cpu}`;
}

export function stopperTask(cpu: number): string {
  return `migration/${cpu}`;
}

/** The events of the task's context. */
export function eventsOf(view: ReadView, task: string): readonly string[] {
  const { perf_event_ctxp } = view.read(taskStruct(task));
  if (perf_event_ctxp === null) return [];
  const { pinned_groups, flexible_groups } = view.read(perfEventContext(perf_event_ctxp));
  return [...pinned_groups, ...flexible_groups].flatMap((leader) => [
    leader,
    ...view.read(perfEvent(leader)).sibling_list,
  ]);
}

/** Spins until the lock is free; an NMI may come meanwhile, and everything else that is not masked. */
const raw_spin_rq_lock = operation<[number], void>({
  name: "raw_spin_rq_lock",
  enabled: (view, _cpu, rq) => view.read(runQueue(rq)).lock === null,
  perform: (view, cpu, [rq]) =>
    view.update(runQueue(rq), (of) => {
      of.lock = cpu;
    }),
  show: ([rq]) => `rq${rq}->lock taken`,
});

const raw_spin_rq_unlock = operation<[number], void>({
  name: "raw_spin_rq_unlock",
  perform: (view, _cpu, [rq]) =>
    view.update(runQueue(rq), (of) => {
      of.lock = null;
    }),
  show: ([rq]) => `rq${rq}->lock released`,
});

/** rq->curr, which only its own CPU changes, with the lock held. */
const rq_curr = operation<[number], string>({
  name: "rq_curr",
  local: true,
  perform: (view, _cpu, [rq]) => view.read(runQueue(rq)).curr,
});

/**
 * Takes the next task off the queue and puts the previous one, if it can go on, at its end. One step, because
 * rq->lock is held: nobody can look in between.
 */
const pick_next_task = operation<[number, string, boolean], string>({
  name: "pick_next_task",
  perform: (view, cpu, [rq, prev, runnable]) => {
    const { stop_work, queue } = view.read(runQueue(rq));
    const ordinary = prev !== idleTask(rq) && prev !== stopperTask(rq);
    const candidates = runnable && ordinary ? [...queue, prev] : [...queue];
    const stopper = stop_work !== null || (runnable && prev === stopperTask(rq));
    const next = stopper ? stopperTask(rq) : (candidates[0] ?? idleTask(rq));
    view.update(runQueue(rq), (of) => {
      of.queue = candidates.filter((task) => task !== next);
      of.curr = next;
    });
    if (next !== prev) view.observe({ kind: "leaving", cpu, task: prev, pending: isPending(view, prev) });
    return next;
  },
  show: ([rq], next) => `rq${rq}: next is ${next}`,
});

/**
 * Switches register state and kernel stack; returns, on the next task's stack, the task that ran before
 * (arch/arm64/kernel/entry.S, cpu_switch_to).
 */
const cpu_switch_to = operation<[string, string], string>({
  name: "cpu_switch_to",
  perform: (view, cpu, [prev, next]) => {
    const { stack } = view.read(pe(cpu));
    const to = view.read(taskStruct(next));
    // switch_mm, from one address space to another, has an isb.
    const otherMm = to.user && view.read(taskStruct(prev)).user;
    if (otherMm && view.parameter(sync) === 1) view.update(pmu(cpu), synchronise);
    view.update(taskStruct(prev), (of) => {
      of.stack = castDraft(stack);
    });
    view.update(taskStruct(next), (of) => {
      of.stack = [];
    });
    view.update(pe(cpu), (of) => {
      of.stack = castDraft(to.stack);
      of.current = next;
      of.user = to.user;
      of.kernelBudget = to.user ? kernelBudget(view) : 0;
    });
    resetSlice(view, next);
    view.observe({ kind: "switch", cpu, prev, next, pending: isPending(view, prev) });
    return prev;
  },
  show: ([prev, next]) => `switch from ${prev} to ${next}`,
});

/** kernel/sched/core.c */
export const resched_curr = kernelFunction("resched_curr", function* (rq: number) {
  const curr = yield* rq_curr(rq);
  yield* storeOr(task_struct(curr).flags, TIF_NEED_RESCHED);
  if (rq !== (yield* smp_processor_id())) yield* smp_send_reschedule(rq);
});

/** Puts the task on a CPU's queue (and says that it runs there from now on). */
const enqueue_task = operation<[number, string], void>({
  name: "enqueue_task",
  perform: (view, _cpu, [rq, task]) => {
    view.update(runQueue(rq), (of) => {
      of.queue.push(task);
    });
    const from = poke(view, task_struct(task).cpu, () => rq);
    if (from === rq) return;
    noteMigration(view, eventsOf(view, task));
    view.observe({ kind: "migration", task, to: rq });
  },
  show: ([rq, task]) => `rq${rq}->queue += ${task}`,
});

const dequeue_task = operation<[number, string], void>({
  name: "dequeue_task",
  perform: (view, _cpu, [rq, task]) =>
    view.update(runQueue(rq), (of) => {
      of.queue = of.queue.filter((queued) => queued !== task);
    }),
  show: ([rq, task]) => `rq${rq}->queue -= ${task}`,
});

/** The two queues are never locked at once. */
export const move_queued_task = kernelFunction(
  "move_queued_task",
  function* (rq: number, task: string, to: number) {
    yield* dequeue_task(rq, task);
    yield* raw_spin_rq_unlock(rq);
    yield* raw_spin_rq_lock(to);
    yield* enqueue_task(to, task);
    yield* resched_curr(to);
  },
);

export const migration_cpu_stop = kernelFunction(
  "migration_cpu_stop",
  function* (task: string, dest_cpu: number) {
    const rq = yield* smp_processor_id();
    yield* local_irq_disable();
    yield* raw_spin_rq_lock(rq);
    yield* move_queued_task(rq, task, dest_cpu);
    yield* raw_spin_rq_unlock(dest_cpu);
    yield* local_irq_enable();
  },
);

/** try_to_wake_up, of a task that has been switched out: it runs where it ran before. */
export const wake_up_process = kernelFunction("wake_up_process", function* (task: string) {
  const rq = yield* load(task_struct(task).cpu);
  yield* local_irq_disable();
  yield* raw_spin_rq_lock(rq);
  yield* store(task_struct(task).__state, TASK_RUNNING);
  yield* enqueue_task(rq, task);
  yield* resched_curr(rq);
  yield* raw_spin_rq_unlock(rq);
  yield* local_irq_enable();
});

export const prepare_task_switch = kernelFunction(
  "prepare_task_switch",
  function* (prev: string, next: string) {
    yield* perf_event_task_sched_out(prev, next);
  },
);

/** Interrupts, masked since before perf_event_task_sched_out, are unmasked only after the next task's events run. */
export const finish_lock_switch = kernelFunction("finish_lock_switch", function* () {
  yield* raw_spin_rq_unlock(yield* smp_processor_id());
  yield* local_irq_enable();
});

export const finish_task_switch = kernelFunction("finish_task_switch", function* (prev: string) {
  yield* perf_event_task_sched_in(prev, yield* current_task());
  yield* finish_lock_switch();
});

export const schedule_tail = kernelFunction("schedule_tail", function* (prev: string) {
  yield* finish_task_switch(prev);
});

export const context_switch = kernelFunction("context_switch", function* (prev: string, next: string) {
  yield* prepare_task_switch(prev, next);
  const last = yield* cpu_switch_to(prev, next);
  yield* finish_task_switch(last);
});

export const __schedule = kernelFunction("__schedule", function* () {
  const cpu = yield* smp_processor_id();
  const prev = yield* rq_curr(cpu);
  yield* local_irq_disable();
  yield* raw_spin_rq_lock(cpu);
  const prev_state = yield* load(task_struct(prev).__state);
  const next = yield* pick_next_task(cpu, prev, prev_state === TASK_RUNNING);
  yield* storeAndNot(task_struct(prev).flags, TIF_NEED_RESCHED);
  if (prev !== next) {
    yield* context_switch(prev, next);
  } else {
    yield* raw_spin_rq_unlock(cpu);
    yield* local_irq_enable();
  }
});

/** thread_info of the current task. */
export const need_resched = kernelFunction("need_resched", function* () {
  return ((yield* load(task_struct(yield* current_task()).flags)) & TIF_NEED_RESCHED) !== 0;
});

export const schedule: KernelFunction<[], void> = kernelFunction("schedule", function* () {
  yield* __schedule();
  // do { ... } while (need_resched())
  if (yield* need_resched()) yield* become(schedule);
});

/** idle.c */
export const schedule_idle: KernelFunction<[], void> = kernelFunction("schedule_idle", function* () {
  yield* __schedule();
  // do { ... } while (need_resched())
  if (yield* need_resched()) yield* become(schedule_idle);
});

/** One turn of the idle loop, from where it has seen need_resched; before that the CPU waits (WFI). */
export const do_idle = kernelFunction("do_idle", function* () {
  yield* schedule_idle();
});

const cpu_stop_should_run = operation<[], boolean>({
  name: "cpu_stop_should_run",
  perform: (view, cpu) => view.read(runQueue(cpu)).stop_work !== null,
});

const take_stop_work = operation<[number], { task: string; dest_cpu: number } | null>({
  name: "take_stop_work",
  perform: (view, _cpu, [rq]) => {
    const { stop_work } = view.read(runQueue(rq));
    view.update(runQueue(rq), (of) => {
      of.stop_work = null;
    });
    return stop_work;
  },
  show: (_, work) => (work === null ? "no work" : `work: move ${work.task} to CPU${work.dest_cpu}`),
});

/** What secondary_start_kernel, or start_kernel, leads to: a PMU reset, then the CPU's own events. */
export const boot_cpu = kernelFunction("boot_cpu", function* () {
  yield* armpmu_reset();
  yield* perf_event_sched_in(null);
});

/** kernel/stop_machine.c */
export const cpu_stopper_thread = kernelFunction("cpu_stopper_thread", function* () {
  const work = yield* take_stop_work(yield* smp_processor_id());
  if (work !== null) yield* migration_cpu_stop(work.task, work.dest_cpu);
});

/** kernel/smpboot.c: one turn of the stopper thread's loop. */
export const smpboot_thread_fn = kernelFunction("smpboot_thread_fn", function* () {
  const { __state } = task_struct(yield* current_task());
  // Asleep first, then the look for work: work queued in between wakes the thread again.
  yield* store(__state, TASK_INTERRUPTIBLE);
  if (!(yield* cpu_stop_should_run())) return yield* schedule();
  yield* store(__state, TASK_RUNNING);
  yield* cpu_stopper_thread();
});
