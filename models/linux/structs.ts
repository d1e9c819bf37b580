/**
 * The kernel's structures, as far as the modelled functions use them, under the kernel's names.
 *
 * Source: include/linux/perf_event.h, include/linux/perf/arm_pmu.h, include/linux/sched.h, kernel/sched/sched.h.
 * Not modelled: groups, inheritance, cgroups, the userpage, times, reference counts; event->count is kept as a
 *   difference to the truth (models/ground-truth.ts).
 */
import { perCpu, perName } from "../../src/spec/component.js";
import type { Activation } from "../../src/spec/activation.js";
import { struct } from "./memory.js";

export const IRQ_NONE = 0;
export const IRQ_HANDLED = 1;
export const EAGAIN = 11;

export const PERF_EVENT_STATE_INACTIVE = 0;
export const PERF_EVENT_STATE_ACTIVE = 1;

export const PERF_HES_STOPPED = 0x01;
export const PERF_HES_UPTODATE = 0x02;

export const PERF_EF_START = 0x01;
export const PERF_EF_RELOAD = 0x02;
export const PERF_EF_UPDATE = 0x04;

/** hw_perf_event.flags (include/linux/perf/arm_pmu.h). */
export const ARMPMU_EVT_64BIT = 0x0000_0001;

/** struct perf_event, one component per event. */
export interface PerfEvent {
  readonly state: number;
  readonly oncpu: number;
  readonly attr: { readonly config1: number };
  readonly hw: {
    readonly config_base: number;
    readonly flags: number;
    readonly idx: number;
    readonly state: number;
    readonly sample_period: bigint;
    readonly last_period: bigint;
    readonly period_left: bigint;
    readonly prev_count: bigint;
  };
  readonly pending_kill: number;
  readonly pending_wakeup: number;
  /** pending_irq.node.a_flags: IRQ_WORK_PENDING. */
  readonly pending_irq: number;
  /** Has someone asked for signals (F_SETFL with O_ASYNC)? */
  readonly fasync: boolean;
}

export const perfEvent = perName<PerfEvent>("event");

export const newPerfEvent: PerfEvent = {
  state: PERF_EVENT_STATE_INACTIVE,
  oncpu: -1,
  attr: { config1: 0 },
  hw: {
    config_base: 0,
    flags: 0,
    idx: -1,
    state: PERF_HES_STOPPED | PERF_HES_UPTODATE,
    sample_period: 0n,
    last_period: 0n,
    period_left: 0n,
    prev_count: 0n,
  },
  pending_kill: 0,
  pending_wakeup: 0,
  pending_irq: 0,
  fasync: false,
};

export const perf_event = struct(perfEvent, newPerfEvent);

/** struct task_struct, with its perf_event_context, one component per task. */
export interface Task {
  /** TIF_NEED_RESCHED of thread_info.flags. */
  readonly need_resched: boolean;
  /** TASK_RUNNING is 0. */
  readonly __state: number;
  /** The kernel stack of a task that is not running; empty while it is. */
  readonly stack: readonly Activation[];
  /** Has a user address space, so that it runs at EL0 when its kernel stack is empty. */
  readonly user: boolean;
  /** The events of perf_event_ctxp; empty if it has no context. */
  readonly events: readonly string[];
  /** perf_event_ctxp->is_active. */
  readonly is_active: number;
}

export const taskStruct = perName<Task>("task");

export const newTask: Task = {
  need_resched: false,
  __state: 0,
  stack: [],
  user: false,
  events: [],
  is_active: 0,
};

export const task_struct = struct(taskStruct, newTask);

/** struct rq of one CPU. */
export interface RunQueue {
  /** The CPU that holds the lock, or null. */
  readonly lock: number | null;
  readonly curr: string;
  /** Runnable tasks that are not current, next first; the idle task is not among them. */
  readonly queue: readonly string[];
  /** Work for the CPU's stopper thread: the task to move and where to; null if there is none. */
  readonly stop_work: { readonly task: string; readonly dest_cpu: number } | null;
}

export const runQueue = perCpu<RunQueue>("rq");

/** What perf, the driver and irq_work keep per CPU. */
export interface PerCpuData {
  /** perf_cpu_context.task_ctx: the task whose context is scheduled in, or null. */
  readonly task_ctx: string | null;
  readonly pmu_disable_count: number;
  /** struct pmu_hw_events. */
  readonly hw_events: { readonly events: readonly (string | null)[]; readonly used_mask: number };
  /** raised_list of kernel/irq_work.c: the events whose pending_irq is queued, first queued first. */
  readonly raised_list: readonly string[];
}

export const perCpuData = perCpu<PerCpuData>("percpu");

export const newPerCpuData: PerCpuData = {
  task_ctx: null,
  pmu_disable_count: 0,
  hw_events: { events: [], used_mask: 0 },
  raised_list: [],
};

export const per_cpu = struct(perCpuData, newPerCpuData);
