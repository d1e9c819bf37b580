/**
 * The kernel's structures, as far as the modelled functions use them, under the kernel's names.
 *
 * Source: include/linux/perf_event.h, include/linux/perf/arm_pmu.h, include/linux/sched.h, kernel/sched/sched.h,
 * as of Linux 6.5.
 * Not modelled: cgroups, the userpage, times, reference counts; event->count is kept as a difference to the truth
 *   (models/ground-truth.ts); hw.interrupts_seq as whether it is the current one.
 */
import { perCpu, perName } from "../../src/spec/component.js";
import type { Activation } from "../../src/spec/activation.js";
import { decimal, flagsOf, hexadecimal, oneOf } from "../../src/spec/notation.js";
import {
  ARMPMU_EVT_64BIT,
  event_type_t,
  irq_work_flags,
  MAX_INTERRUPTS,
  perf_event_state,
  PERF_EVENT_STATE_INACTIVE,
  perf_hes,
  PERF_HES_STOPPED,
  PERF_HES_UPTODATE,
  POLL_HUP,
  POLL_IN,
  TASK_RUNNING,
  task_state,
  thread_info_flags,
} from "./constants.js";
import { struct } from "./memory.js";

// Code that uses a field uses its constants too.
export * from "./constants.js";

/** struct perf_event, one component per event. */
export interface PerfEvent {
  /** The context it is in; constant. */
  readonly ctx: string;
  /** enum perf_event_state */
  readonly state: number;
  readonly oncpu: number;
  /** Constant. `kvm`: the overflow handler is kvm_pmu_perf_overflow, which stops and starts the event. */
  readonly attr: {
    readonly config1: number;
    readonly pinned: boolean;
    readonly freq: boolean;
    readonly sigtrap: boolean;
    readonly kvm: boolean;
  };
  readonly group_leader: string;
  /** The siblings of a group leader. */
  readonly sibling_list: readonly string[];
  readonly hw: {
    readonly config_base: number;
    readonly flags: number;
    readonly idx: number;
    readonly state: number;
    readonly sample_period: bigint;
    readonly last_period: bigint;
    readonly period_left: bigint;
    readonly prev_count: bigint;
    readonly interrupts: number;
    /** interrupts_seq is the CPU's perf_throttled_seq: no tick came since the last overflow. */
    readonly interrupts_seq_current: boolean;
  };
  /** Overflows until the event is disabled (IOC_REFRESH); 0 is no limit. */
  readonly event_limit: number;
  readonly pending_kill: number;
  readonly pending_wakeup: number;
  readonly pending_disable: number;
  readonly pending_sigtrap: number;
  readonly pending_work: number;
  /** pending_irq.node.a_flags: IRQ_WORK_PENDING and IRQ_WORK_BUSY. */
  readonly pending_irq: number;
  /** Has someone asked for signals (F_SETFL with O_ASYNC)? */
  readonly fasync: boolean;
}

export const perfEvent = perName<PerfEvent>("event");

export const newPerfEvent: PerfEvent = {
  ctx: "",
  state: PERF_EVENT_STATE_INACTIVE,
  oncpu: -1,
  attr: { config1: 0, pinned: true, freq: false, sigtrap: false, kvm: false },
  group_leader: "",
  sibling_list: [],
  hw: {
    config_base: 0,
    flags: 0,
    idx: -1,
    state: PERF_HES_STOPPED | PERF_HES_UPTODATE,
    sample_period: 0n,
    last_period: 0n,
    period_left: 0n,
    prev_count: 0n,
    interrupts: 0,
    interrupts_seq_current: false,
  },
  event_limit: 0,
  pending_kill: 0,
  pending_wakeup: 0,
  pending_disable: 0,
  pending_sigtrap: 0,
  pending_work: 0,
  pending_irq: 0,
  fasync: false,
};

export const perf_event = struct(perfEvent, newPerfEvent, {
  state: perf_event_state,
  hw: {
    config_base: hexadecimal,
    flags: flagsOf({ ARMPMU_EVT_64BIT }),
    state: perf_hes,
    sample_period: decimal,
    last_period: decimal,
    period_left: decimal,
    prev_count: hexadecimal,
    interrupts: oneOf({ MAX_INTERRUPTS }),
  },
  pending_kill: oneOf({ POLL_IN, POLL_HUP }),
  pending_irq: irq_work_flags,
});

/** struct perf_event_context, one component per task with events (named as the task), or per CPU with events. */
export interface PerfEventContext {
  /** The CPU that holds the lock, or null. */
  readonly lock: number | null;
  /** The task, null for a CPU's context, TASK_TOMBSTONE after exit. */
  readonly task: string | null;
  readonly is_active: number;
  /** pinned_groups and flexible_groups: group leaders, in the order in which they are scheduled in. */
  readonly pinned_groups: readonly string[];
  readonly flexible_groups: readonly string[];
  readonly rotate_necessary: boolean;
  /** Events with a SIGTRAP on its way. */
  readonly nr_pending: number;
  /** The context this one was cloned from on fork, or null. */
  readonly parent_ctx: string | null;
}

export const TASK_TOMBSTONE = "TASK_TOMBSTONE";

export const perfEventContext = perName<PerfEventContext>("ctx");

export const newPerfEventContext: PerfEventContext = {
  lock: null,
  task: null,
  is_active: 0,
  pinned_groups: [],
  flexible_groups: [],
  rotate_necessary: false,
  nr_pending: 0,
  parent_ctx: null,
};

export const perf_event_context = struct(perfEventContext, newPerfEventContext, {
  is_active: event_type_t,
});

/** struct task_struct, one component per task. */
export interface Task {
  /** thread_info.flags */
  readonly flags: number;
  readonly __state: number;
  /** The CPU whose run queue it is on. */
  readonly cpu: number;
  /** The kernel stack of a task that is not running; empty while it is. */
  readonly stack: readonly Activation[];
  /** Has a user address space, so that it runs at EL0 when its kernel stack is empty. */
  readonly user: boolean;
  /** A debugger stops it at every signal. */
  readonly traced: boolean;
  /** Its perf_event_context, or null. */
  readonly perf_event_ctxp: string | null;
  /** task_works: the events whose pending_task is queued. */
  readonly task_works: readonly string[];
}

export const taskStruct = perName<Task>("task");

export const newTask: Task = {
  flags: 0,
  __state: TASK_RUNNING,
  cpu: 0,
  stack: [],
  user: false,
  traced: false,
  perf_event_ctxp: null,
  task_works: [],
};

export const task_struct = struct(taskStruct, newTask, {
  flags: thread_info_flags,
  __state: task_state,
});

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

/** What event_function_call asks for on the CPU where the task runs (struct event_function_struct). */
export type EventFunction = {
  readonly task: string;
  /** The name of the function to call, an event_f. */
  readonly func: string;
  readonly event: string;
  readonly data: bigint;
};

/** A function to be called on another CPU (call_single_data_t): `from` waits for it. */
export type CallSingleData = {
  readonly from: number;
  readonly func: string;
  readonly info: EventFunction;
};

/** What perf, the driver, irq_work and smp_call_function keep per CPU. */
export interface PerCpuData {
  /** perf_cpu_context.ctx: the CPU's own context, or null if it has no events. */
  readonly ctx: string | null;
  /** perf_cpu_context.task_ctx: the task context that is scheduled in, or null. */
  readonly task_ctx: string | null;
  readonly pmu_disable_count: number;
  /** struct pmu_hw_events. */
  readonly hw_events: { readonly events: readonly (string | null)[]; readonly used_mask: number };
  /** raised_list of kernel/irq_work.c: the events whose pending_irq is queued, first queued first. */
  readonly raised_list: readonly string[];
  readonly perf_throttled_count: number;
  /** The multiplexing hrtimer is armed. */
  readonly mux_hrtimer_active: boolean;
  /** call_single_queue of kernel/smp.c. */
  readonly call_single_queue: readonly CallSingleData[];
  /** The call this CPU waits for: locked until it was made, then what it returned. */
  readonly csd: { readonly locked: boolean; readonly ret: number };
  /** Timers that have expired and were not handled. */
  readonly timers: { readonly tick: boolean; readonly mux: boolean };
  /** The PMU's interrupt is enabled (cleared while the CPU is unplugged). */
  readonly pmuirq_enabled: boolean;
}

export const perCpuData = perCpu<PerCpuData>("percpu");

export const newPerCpuData: PerCpuData = {
  ctx: null,
  task_ctx: null,
  pmu_disable_count: 0,
  hw_events: { events: [], used_mask: 0 },
  raised_list: [],
  perf_throttled_count: 0,
  mux_hrtimer_active: false,
  call_single_queue: [],
  csd: { locked: false, ret: 0 },
  timers: { tick: false, mux: false },
  pmuirq_enabled: true,
};

export const per_cpu = struct(perCpuData, newPerCpuData, {
  hw_events: { used_mask: hexadecimal },
});
