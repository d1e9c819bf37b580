/* oxlint-disable max-lines -- it has one section of kernel/events/core.c, in the order of that file */
/**
 * kernel/events/core.c, second part: single events out and in, removed, disabled and enabled.
 *
 * Source: that file as of Linux 6.5.
 * Not modelled: lists other than the contexts' groups, cgroups, event_filter_match (no event is bound to a CPU
 *   within a task), exclusive groups, transactions (commit_txn never fails), times.
 */
import { kernelFunction, macro, operation, prototype } from "../../../../../src/spec/kernel-function.js";
import { smp_processor_id } from "../../../config.js";
import {
  event_function_call,
  event_function_local,
  perf_ctx_disable,
  perf_ctx_enable,
  perf_pmu_disable,
  perf_pmu_enable,
  pmu,
  raw_spin_lock_irq,
  raw_spin_unlock_irq,
} from "./call.js";
import { irq_work_queue } from "../../irq_work.js";
import { load, loadStable, preDecrement, store, storeAdd } from "../../../memory.js";
import {
  DETACH_DEAD,
  detach_flags,
  DETACH_GROUP,
  EAGAIN,
  EVENT_ALL,
  EVENT_CPU,
  EVENT_FLEXIBLE,
  EVENT_PINNED,
  event_type_t,
  MAX_INTERRUPTS,
  negated_errno,
  PERF_EF_START,
  PERF_EVENT_STATE_ACTIVE,
  PERF_EVENT_STATE_DEAD,
  PERF_EVENT_STATE_ERROR,
  PERF_EVENT_STATE_INACTIVE,
  PERF_EVENT_STATE_OFF,
  per_cpu,
  perf_event,
  perf_event_context,
  perfEvent,
  perfEventContext,
} from "../../../structs.js";

const ctx_sched_out = prototype<[ctx: string, event_type: number], void>("ctx_sched_out");
const ctx_sched_in = prototype<[ctx: string, event_type: number], void>("ctx_sched_in");
const task_work_add = prototype<[event: string], void>("task_work_add");

export const event_sched_out = kernelFunction("event_sched_out", function* (event: string) {
  const it = perf_event(event);
  if ((yield* load(it.state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* perf_pmu_disable();
  yield* pmu.del(event, 0);
  yield* store(it.oncpu, -1);

  let state = PERF_EVENT_STATE_INACTIVE;
  if ((yield* load(it.pending_disable)) !== 0) {
    yield* store(it.pending_disable, 0);
    state = PERF_EVENT_STATE_OFF;
  }
  if ((yield* load(it.pending_sigtrap)) !== 0) {
    yield* store(it.pending_sigtrap, 0);
    // The signal waits for the task's return to user mode; there is room for one.
    if (state !== PERF_EVENT_STATE_OFF && (yield* load(it.pending_work)) === 0) {
      yield* store(it.pending_work, 1);
      yield* task_work_add(event);
    } else {
      yield* preDecrement(perf_event_context(yield* loadStable(it.ctx)).nr_pending);
    }
  }
  yield* store(it.state, state);
  yield* perf_pmu_enable();
});

export const group_sched_out = kernelFunction("group_sched_out", function* (group_event: string) {
  if ((yield* load(perf_event(group_event).state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* event_sched_out(group_event);
  for (const event of yield* loadStable(perf_event(group_event).sibling_list)) yield* event_sched_out(event);
});

/** A sibling leaves its group; the siblings of a leader become leaders, active as they are. ctx->lock is held. */
export const perf_group_detach = operation<[string, string], void>({
  name: "perf_group_detach",
  local: true,
  perform: (view, _cpu, [event, ctx]) => {
    const { group_leader, sibling_list } = view.read(perfEvent(event));
    if (group_leader !== event) {
      view.update(perfEvent(group_leader), (of) => {
        of.sibling_list = of.sibling_list.filter((sibling) => sibling !== event);
      });
      return;
    }
    if (sibling_list.length === 0) return;
    view.update(perfEvent(event), (of) => {
      of.sibling_list = [];
    });
    for (const sibling of sibling_list) {
      view.update(perfEvent(sibling), (of) => {
        of.group_leader = sibling;
      });
      const { pinned } = view.read(perfEvent(sibling)).attr;
      view.update(perfEventContext(ctx), (of) => {
        (pinned ? of.pinned_groups : of.flexible_groups).push(sibling);
      });
    }
  },
});

/** Takes the event off its context's lists; true if the context has none left. */
export const list_del_event = operation<[string, string], boolean>({
  name: "list_del_event",
  perform: (view, _cpu, [event, ctx]) => {
    view.update(perfEventContext(ctx), (of) => {
      of.pinned_groups = of.pinned_groups.filter((group) => group !== event);
      of.flexible_groups = of.flexible_groups.filter((group) => group !== event);
    });
    const { pinned_groups, flexible_groups } = view.read(perfEventContext(ctx));
    return pinned_groups.length + flexible_groups.length === 0;
  },
  show: ([event, ctx]) => `${event} off the lists of ${ctx}`,
});

/** With ctx->lock held. pending_disable makes event_sched_out go to OFF, which keeps it from raising a SIGTRAP. */
export const __perf_remove_from_context = kernelFunction(
  "__perf_remove_from_context",
  function* (event: string, flags: bigint) {
    const it = perf_event(event);
    const ctx = yield* loadStable(it.ctx);
    if ((flags & DETACH_DEAD) !== 0n) yield* store(it.pending_disable, 1);
    yield* event_sched_out(event);
    if ((flags & DETACH_GROUP) !== 0n) yield* perf_group_detach(event, ctx);
    const empty = yield* list_del_event(event, ctx);
    if ((flags & DETACH_DEAD) !== 0n) yield* store(it.state, PERF_EVENT_STATE_DEAD);
    if (empty) yield* context_emptied(ctx);
  },
  { arguments: [undefined, detach_flags] },
);

/** The end of __perf_remove_from_context: a context without events is no longer scheduled in. */
export const context_emptied = macro("context_emptied", function* (ctx: string) {
  const { is_active, task } = perf_event_context(ctx);
  if ((yield* load(is_active)) === 0) return;
  yield* store(is_active, 0);
  if ((yield* loadStable(task)) !== null) {
    yield* store(per_cpu(yield* smp_processor_id()).task_ctx, null);
  }
});

/** close() and exit: from the task's CPU if the context is active, else from here. */
export const perf_remove_from_context = kernelFunction(
  "perf_remove_from_context",
  function* (event: string, flags: bigint) {
    const ctx = yield* loadStable(perf_event(event).ctx);
    yield* raw_spin_lock_irq(ctx);
    if ((yield* load(perf_event_context(ctx).is_active)) === 0) {
      yield* __perf_remove_from_context(event, flags);
      yield* raw_spin_unlock_irq(ctx);
      return;
    }
    yield* raw_spin_unlock_irq(ctx);
    yield* event_function_call(event, "__perf_remove_from_context", flags);
  },
  { arguments: [undefined, detach_flags] },
);

export const __perf_event_disable = kernelFunction(
  "__perf_event_disable",
  function* (event: string, _data: bigint) {
    const it = perf_event(event);
    if ((yield* load(it.state)) < PERF_EVENT_STATE_INACTIVE) return;
    yield* perf_pmu_disable();
    if (event === (yield* loadStable(it.group_leader))) yield* group_sched_out(event);
    else yield* event_sched_out(event);
    yield* store(it.state, PERF_EVENT_STATE_OFF);
    yield* perf_pmu_enable();
  },
);

export const _perf_event_disable = kernelFunction("_perf_event_disable", function* (event: string) {
  const ctx = yield* loadStable(perf_event(event).ctx);
  yield* raw_spin_lock_irq(ctx);
  const off = (yield* load(perf_event(event).state)) <= PERF_EVENT_STATE_OFF;
  yield* raw_spin_unlock_irq(ctx);
  if (!off) yield* event_function_call(event, "__perf_event_disable", 0n);
});

export const perf_event_disable_local = kernelFunction("perf_event_disable_local", function* (event: string) {
  yield* event_function_local(event, "__perf_event_disable");
});

/** From NMI context: somebody else has to do it. */
export const perf_event_disable_inatomic = kernelFunction(
  "perf_event_disable_inatomic",
  function* (event: string) {
    yield* store(perf_event(event).pending_disable, 1);
    yield* irq_work_queue(event);
  },
);

export const event_sched_in = kernelFunction(
  "event_sched_in",
  function* (event: string) {
    const it = perf_event(event);
    if ((yield* load(it.state)) <= PERF_EVENT_STATE_OFF) return 0;
    // oncpu before ACTIVE, so that a reader that sees ACTIVE sees the CPU.
    yield* store(it.oncpu, yield* smp_processor_id());
    yield* store(it.state, PERF_EVENT_STATE_ACTIVE);
    // Being scheduled in unthrottles.
    if ((yield* load(it.hw.interrupts)) === MAX_INTERRUPTS) yield* store(it.hw.interrupts, 0);
    yield* perf_pmu_disable();
    let ret = 0;
    if ((yield* pmu.add(event, PERF_EF_START)) !== 0) {
      yield* store(it.state, PERF_EVENT_STATE_INACTIVE);
      yield* store(it.oncpu, -1);
      ret = -EAGAIN;
    }
    yield* perf_pmu_enable();
    return ret;
  },
  { result: negated_errno },
);

/** The whole group or nothing. */
export const group_sched_in = kernelFunction(
  "group_sched_in",
  function* (group_event: string) {
    if ((yield* load(perf_event(group_event).state)) === PERF_EVENT_STATE_OFF) return 0;
    if ((yield* event_sched_in(group_event)) !== 0) return -EAGAIN;
    const siblings = yield* loadStable(perf_event(group_event).sibling_list);
    for (const [i, event] of siblings.entries()) {
      if ((yield* event_sched_in(event)) === 0) continue;
      for (const in_already of siblings.slice(0, i)) yield* event_sched_out(in_already);
      yield* event_sched_out(group_event);
      return -EAGAIN;
    }
    return 0;
  },
  { result: negated_errno },
);

export const task_ctx_sched_out = kernelFunction(
  "task_ctx_sched_out",
  function* (ctx: string, event_type: number) {
    if ((yield* load(per_cpu(yield* smp_processor_id()).task_ctx)) === null) return;
    yield* ctx_sched_out(ctx, event_type);
  },
  { arguments: [undefined, event_type_t] },
);

/** Pinned before flexible, the CPU's before the task's. */
export const perf_event_sched_in = kernelFunction("perf_event_sched_in", function* (ctx: string | null) {
  const cpu_ctx = yield* loadStable(per_cpu(yield* smp_processor_id()).ctx);
  for (const event_type of [EVENT_PINNED, EVENT_FLEXIBLE]) {
    if (cpu_ctx !== null) yield* ctx_sched_in(cpu_ctx, event_type);
    if (ctx !== null) yield* ctx_sched_in(ctx, event_type);
  }
});

/** Takes all events of the affected type out and puts them in again: also those that nobody wanted to change. */
export const ctx_resched = kernelFunction(
  "ctx_resched",
  function* (task_ctx: string | null, event_type: number) {
    const type = affected(event_type);
    const cpu_ctx = yield* loadStable(per_cpu(yield* smp_processor_id()).ctx);
    if (cpu_ctx !== null) yield* perf_ctx_disable(cpu_ctx);
    if (task_ctx !== null) {
      yield* perf_ctx_disable(task_ctx);
      yield* task_ctx_sched_out(task_ctx, type);
    }
    if (cpu_ctx !== null) yield* cpu_ctx_make_way(cpu_ctx, event_type);
    yield* perf_event_sched_in(task_ctx);
    if (cpu_ctx !== null) yield* perf_ctx_enable(cpu_ctx);
    if (task_ctx !== null) yield* perf_ctx_enable(task_ctx);
  },
  { arguments: [undefined, event_type_t] },
);

/** Pinned events can displace flexible ones. */
export function affected(event_type: number): number {
  return (event_type & EVENT_PINNED) !== 0 ? EVENT_ALL : event_type & EVENT_ALL;
}

/** The CPU's own events go out with an event of the CPU, and its flexible ones for a pinned event of a task. */
export const cpu_ctx_make_way = macro("cpu_ctx_make_way", function* (cpu_ctx: string, event_type: number) {
  if ((event_type & EVENT_CPU) !== 0) yield* ctx_sched_out(cpu_ctx, affected(event_type));
  else if ((event_type & EVENT_PINNED) !== 0) yield* ctx_sched_out(cpu_ctx, EVENT_FLEXIBLE);
});

export const __perf_event_enable = kernelFunction(
  "__perf_event_enable",
  function* (event: string, _data: bigint) {
    const it = perf_event(event);
    const state = yield* load(it.state);
    if (state >= PERF_EVENT_STATE_INACTIVE || state <= PERF_EVENT_STATE_ERROR) return;
    yield* store(it.state, PERF_EVENT_STATE_INACTIVE);
    const ctx = yield* loadStable(it.ctx);
    if ((yield* load(perf_event_context(ctx).is_active)) === 0) return;
    const leader = yield* loadStable(it.group_leader);
    if (leader !== event && (yield* load(perf_event(leader).state)) !== PERF_EVENT_STATE_ACTIVE) return;
    const pinned = yield* loadStable(perf_event(leader).attr.pinned);
    const type = pinned ? EVENT_PINNED : EVENT_FLEXIBLE;
    if ((yield* loadStable(perf_event_context(ctx).task)) !== null) yield* ctx_resched(ctx, type);
    else yield* ctx_resched(yield* load(per_cpu(yield* smp_processor_id()).task_ctx), type | EVENT_CPU);
  },
);

export const _perf_event_enable = kernelFunction("_perf_event_enable", function* (event: string) {
  const ctx = yield* loadStable(perf_event(event).ctx);
  yield* raw_spin_lock_irq(ctx);
  const state = yield* load(perf_event(event).state);
  // So that __perf_event_enable tries again; and if the event is in ERROR below, it got there anew.
  if (state === PERF_EVENT_STATE_ERROR) yield* store(perf_event(event).state, PERF_EVENT_STATE_OFF);
  yield* raw_spin_unlock_irq(ctx);
  if (state >= PERF_EVENT_STATE_INACTIVE || state < PERF_EVENT_STATE_ERROR) return;
  yield* event_function_call(event, "__perf_event_enable", 0n);
});

/** IOC_REFRESH: so many overflows more, and enabled. */
export const _perf_event_refresh = kernelFunction(
  "_perf_event_refresh",
  function* (event: string, refresh: number) {
    yield* storeAdd(perf_event(event).event_limit, refresh);
    yield* _perf_event_enable(event);
  },
);
