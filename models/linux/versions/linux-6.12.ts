/**
 * linux-6.12: interrupts are on again before the scheduler is called on the way to user mode; counters are numbered as
 * the hardware numbers them; SIGTRAPs are task work from the start.
 *
 * Source: arch/arm64/kernel/entry-common.c, drivers/perf/arm_pmuv3.c and kernel/events/core.c of 6.9 to 6.15, by the
 * commits named below.
 * Not modelled: the instruction counter (index 32, PMICNTR), which an event takes only if it counts INST_RETIRED.
 * Over-approximated: pending_disable_irq shares the irq_work of pending_irq; a TWA_NMI_CURRENT notification is seen as
 *   soon as it is queued.
 */
import { become, constant, override, type KernelFunction } from "../../../src/spec/kernel-function.js";
import { CYCLE_COUNTER } from "../../arm/pmuv3.js";
import { nmiTaskWork } from "../../deviations.js";
import * as armPmuv3 from "../drivers/perf/arm_pmuv3.js";
import { local_daif_mask, local_irq_disable, local_irq_enable } from "../arch/arm64/include/asm/daifflags.js";
import { armpmu_num_events, smp_processor_id } from "../config.js";
import * as entryCommon from "../arch/arm64/kernel/entry-common.js";
import {
  perf_pmu_disable,
  perf_pmu_enable,
  pmu,
  raw_spin_lock,
  raw_spin_unlock,
} from "../kernel/events/core/call.js";
import * as overflow from "../kernel/events/core/overflow.js";
import * as state from "../kernel/events/core/state.js";
import * as tick from "../kernel/events/core/tick.js";
import { irq_work_queue, irq_work_queue_on } from "../kernel/irq_work.js";
import { load, loadStable, postIncrement, preDecrement, store } from "../memory.js";
import { do_signal, resume_user_mode_work, task_work_add } from "../kernel/signal.js";
import { schedule } from "../kernel/sched/core.js";
import {
  MAX_INTERRUPTS,
  PERF_EF_RELOAD,
  PERF_EF_UPDATE,
  perf_event,
  perf_event_context,
  PERF_EVENT_STATE_ACTIVE,
  PERF_EVENT_STATE_INACTIVE,
  PERF_EVENT_STATE_OFF,
  POLL_HUP,
  POLL_IN,
  TIF_NEED_RESCHED,
  TIF_NOTIFY_RESUME,
  TIF_SIGPENDING,
} from "../structs.js";
import { linux_6_5 } from "./linux-6.5.js";
import { release, version } from "./version.js";

/** exit_to_user_mode_prepare: interrupts off, then the work, then everything masked. */
const prepare_exit_to_user_mode = override(entryCommon.prepare_exit_to_user_mode, function* () {
  yield* local_irq_disable();
  const flags = yield* entryCommon.read_thread_flags();
  if (flags !== 0) yield* entryCommon.do_notify_resume(flags);
  yield* local_daif_mask();
});

/** A PMU interrupt that is pending here is taken before the task is switched out. */
const do_notify_resume: KernelFunction<[thread_flags: number], void> = override(
  entryCommon.do_notify_resume,
  function* (thread_flags) {
    yield* local_irq_enable();
    if ((thread_flags & TIF_NEED_RESCHED) !== 0) yield* schedule();
    if ((thread_flags & TIF_SIGPENDING) !== 0) yield* do_signal();
    if ((thread_flags & TIF_NOTIFY_RESUME) !== 0) yield* resume_user_mode_work();
    yield* local_irq_disable();
    const flags = yield* entryCommon.read_thread_flags();
    if (flags !== 0) return yield* become(do_notify_resume, flags);
  },
);

/** ARMV8_PMU_CYCLE_IDX */
const cycle_idx = constant("ARMV8_IDX_CYCLE_COUNTER", CYCLE_COUNTER);
const counter0 = constant("ARMV8_IDX_COUNTER0", 0);

/** The cycle counter last. */
const indices = override(armPmuv3.armpmu_indices, function* () {
  const counters = (yield* armpmu_num_events()) - 1;
  return [...Array(counters).keys(), CYCLE_COUNTER];
});

/** No word about signals: they are task work already. */
const event_sched_out = override(state.event_sched_out, function* (event: string) {
  const it = perf_event(event);
  if ((yield* load(it.state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* perf_pmu_disable();
  yield* pmu.del(event, 0);
  yield* store(it.oncpu, -1);
  let becomes = PERF_EVENT_STATE_INACTIVE;
  if ((yield* load(it.pending_disable)) !== 0) {
    yield* store(it.pending_disable, 0);
    becomes = PERF_EVENT_STATE_OFF;
  }
  yield* store(it.state, becomes);
  yield* perf_pmu_enable();
});

/** __perf_pending_disable: all that is left to be done where the event runs. */
const __perf_pending_irq = override(overflow.__perf_pending_irq, function* (event: string) {
  const it = perf_event(event);
  const cpu = yield* load(it.oncpu);
  if (cpu < 0) return;
  if (cpu !== (yield* smp_processor_id())) {
    yield* irq_work_queue_on(event, cpu);
    return;
  }
  if ((yield* load(it.pending_disable)) !== 0) {
    yield* store(it.pending_disable, 0);
    yield* state.perf_event_disable_local(event);
  }
});

const __perf_event_overflow = override(overflow.__perf_event_overflow, function* (event: string) {
  const it = perf_event(event);
  const limit = yield* load(it.event_limit);
  let ret = yield* overflow.__perf_event_account_interrupt(event);

  yield* store(it.pending_kill, POLL_IN);
  if (limit !== 0 && (yield* preDecrement(it.event_limit)) === 0) {
    ret = 1;
    yield* store(it.pending_kill, POLL_HUP);
    yield* state.perf_event_disable_inatomic(event);
  }

  if ((yield* loadStable(it.attr.sigtrap)) && (yield* load(it.pending_work)) === 0) {
    yield* task_work_add(event);
    yield* store(it.pending_work, 1);
    yield* postIncrement(perf_event_context(yield* loadStable(it.ctx)).nr_pending);
  }

  if (yield* loadStable(it.attr.kvm)) yield* overflow.kvm_pmu_perf_overflow(event);
  else yield* overflow.perf_output(event);

  if (yield* loadStable(it.fasync)) {
    yield* store(it.pending_wakeup, 1);
    yield* irq_work_queue(event);
  }
  return ret;
});

/** Looks at the active groups' leaders only; an event in frequency mode is not started twice. */
const perf_adjust_freq_unthr_context = override(
  tick.perf_adjust_freq_unthr_context,
  function* (ctx: string, unthrottle: boolean) {
    const { pinned_groups, flexible_groups } = perf_event_context(ctx);
    const leaders = [...(yield* loadStable(pinned_groups)), ...(yield* loadStable(flexible_groups))];
    let nr_freq = 0;
    for (const leader of leaders) if (yield* loadStable(perf_event(leader).attr.freq)) nr_freq++;
    if (nr_freq === 0 && !unthrottle) return;

    yield* raw_spin_lock(ctx);
    // perf_pmu_ctx_is_active: the lists of active groups are not empty.
    let active = false;
    for (const leader of leaders)
      active ||= (yield* loadStable(perf_event(leader).state)) === PERF_EVENT_STATE_ACTIVE;
    if (active) {
      yield* perf_pmu_disable();
      for (const event of leaders) yield* tick.perf_adjust_freq_unthr_event(event);
      yield* perf_pmu_enable();
    }
    yield* raw_spin_unlock(ctx);
  },
);

/** The body of perf_adjust_freq_unthr_events' loop. */
const perf_adjust_freq_unthr_event = override(tick.perf_adjust_freq_unthr_event, function* (event: string) {
  const it = perf_event(event);
  if ((yield* load(it.state)) !== PERF_EVENT_STATE_ACTIVE) return;
  const freq = yield* loadStable(it.attr.freq);
  if ((yield* load(it.hw.interrupts)) === MAX_INTERRUPTS) {
    yield* store(it.hw.interrupts, 0);
    if (!freq) yield* pmu.start(event, 0);
  }
  if (!freq) return;
  yield* pmu.stop(event, PERF_EF_UPDATE);
  yield* tick.perf_adjust_period(event);
  yield* pmu.start(event, PERF_EF_RELOAD);
});

export const linux_6_12 = version(linux_6_5, {
  name: "linux-6.12",
  summary: "interrupts on before schedule(), counters numbered as in hardware, SIGTRAP as task work",
  kernels: release("6.12"),
  movedFunctions: { do_notify_resume: "arch/arm64/kernel/entry-common.c" },
  overrides: {
    prepare_exit_to_user_mode,
    do_notify_resume,
    cycle_idx,
    counter0,
    indices,
    event_sched_out,
    __perf_pending_irq,
    __perf_event_overflow,
    perf_adjust_freq_unthr_context,
    perf_adjust_freq_unthr_event,
  },
  deviations: [nmiTaskWork],
  differences: [
    {
      what: "do_notify_resume enables interrupts before it calls schedule(): a pending PMU interrupt is taken first",
      commit: "270de609ae2a, 997d79eb938e, 97d935faacde (6.9)",
    },
    {
      what: "hw.idx is the hardware's counter number, and the cycle counter (31) is visited last",
      commit: "the PMICNTR series (6.12)",
    },
    {
      what: "attr.sigtrap queues task work in __perf_event_overflow; event_sched_out has no part in it",
      commit: "the pending_task rework (6.11)",
    },
    {
      what: "the tick looks at active groups' leaders only, and starts an event in frequency mode once",
      commit: "perf_adjust_freq_unthr_events (6.9)",
    },
  ],
});
