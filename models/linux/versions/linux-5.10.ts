/**
 * linux-5.10: before SIGTRAP events and before user access to the counters; an event's irq_work disables it first and
 * wakes up after.
 *
 * Source: arch/arm64/kernel/perf_event.c and kernel/events/core.c of the 5.10 series, by the commits named below.
 * Over-approximated: entry code in assembly (until 5.11) is modelled by the later C functions, whose masks it shares.
 */
import { override } from "../../../src/spec/kernel-function.js";
import { assemblyEntry } from "../../deviations.js";
import * as armPmuv3 from "../drivers/perf/arm_pmuv3.js";
import { ARMV8_PMU_PMCR_E } from "../arch/arm64/include/asm/arm_pmuv3.js";
import { smp_processor_id } from "../config.js";
import {
  perf_pmu_disable,
  perf_pmu_enable,
  raw_spin_lock,
  raw_spin_unlock,
} from "../kernel/events/core/call.js";
import * as overflow from "../kernel/events/core/overflow.js";
import * as sched from "../kernel/events/core/sched.js";
import * as state from "../kernel/events/core/state.js";
import { irq_work_queue, irq_work_queue_on } from "../kernel/irq_work.js";
import { load, loadStable, store } from "../memory.js";
import {
  DETACH_DEAD,
  DETACH_GROUP,
  EVENT_ALL,
  per_cpu,
  perf_event,
  PERF_EVENT_STATE_DEAD,
  task_struct,
} from "../structs.js";
import { linux_6_1 } from "./linux-6.1.js";
import { release, version } from "./version.js";

/** No update of PMUSERENR. */
const armv8pmu_start = override(armPmuv3.armv8pmu_start, function* () {
  yield* armPmuv3.armv8pmu_pmcr_write((yield* armPmuv3.armv8pmu_pmcr_read()) | ARMV8_PMU_PMCR_E);
});

/** pending_disable says on which CPU (here: that CPU's number plus one; zero is none). */
const perf_event_disable_inatomic = override(state.perf_event_disable_inatomic, function* (event: string) {
  yield* store(perf_event(event).pending_disable, 1 + (yield* smp_processor_id()));
  yield* irq_work_queue(event);
});

/** perf_pending_event_disable and perf_pending_event: the disable comes first. */
const perf_pending_irq = override(overflow.perf_pending_irq, function* (event: string) {
  const it = perf_event(event);
  const cpu = (yield* load(it.pending_disable)) - 1;
  if (cpu >= 0) {
    if (cpu === (yield* smp_processor_id())) {
      yield* store(it.pending_disable, 0);
      yield* state.perf_event_disable_local(event);
    } else {
      yield* irq_work_queue_on(event, cpu);
    }
  }
  if ((yield* load(it.pending_wakeup)) !== 0) {
    yield* store(it.pending_wakeup, 0);
    yield* overflow.perf_event_wakeup(event);
  }
});

/** Nothing but the PMU's state is waited for when contexts are swapped. */
const perf_event_context_sched_out = override(
  sched.perf_event_context_sched_out,
  function* (task: string, next: string) {
    const ctx = yield* load(task_struct(task).perf_event_ctxp);
    if (ctx === null) return;
    if ((yield* load(per_cpu(yield* smp_processor_id()).task_ctx)) === null) return;
    const next_ctx = yield* load(task_struct(next).perf_event_ctxp);
    yield* raw_spin_lock(ctx);
    if (next_ctx !== null && (yield* sched.context_equiv(ctx, next_ctx))) {
      yield* raw_spin_lock(next_ctx);
      yield* perf_pmu_disable();
      yield* sched.swap_contexts(task, ctx, next, next_ctx);
      yield* perf_pmu_enable();
      yield* raw_spin_unlock(next_ctx);
    } else {
      yield* perf_pmu_disable();
      yield* state.task_ctx_sched_out(ctx, EVENT_ALL);
      yield* perf_pmu_enable();
    }
    yield* raw_spin_unlock(ctx);
  },
);

/** There is no signal to be kept from an event that goes for good. */
const __perf_remove_from_context = override(
  state.__perf_remove_from_context,
  function* (event: string, flags: bigint) {
    const ctx = yield* loadStable(perf_event(event).ctx);
    yield* state.event_sched_out(event);
    if ((flags & DETACH_GROUP) !== 0n) yield* state.perf_group_detach(event, ctx);
    const empty = yield* state.list_del_event(event, ctx);
    if ((flags & DETACH_DEAD) !== 0n) yield* store(perf_event(event).state, PERF_EVENT_STATE_DEAD);
    if (empty) yield* state.context_emptied(ctx);
  },
);

export const linux_5_10 = version(linux_6_1, {
  name: "linux-5.10",
  summary: "the lock-free driver of the pseudo-NMI series, before SIGTRAP events",
  kernels: release("5.10"),
  overrides: {
    armv8pmu_start,
    perf_event_disable_inatomic,
    perf_pending_irq,
    perf_event_context_sched_out,
    __perf_remove_from_context,
  },
  deviations: [assemblyEntry],
  differences: [
    {
      what: "armv8pmu_start does not touch PMUSERENR: user space cannot read the counters yet",
      commit: "before 83a7a4d643d3 (5.17)",
    },
    {
      what: "no attr.sigtrap: an event's irq_work handles pending_disable, then pending_wakeup, and clones swap without a look",
      commit: "before 97ba62b27867 (5.13) and ca6c21327c6a (6.1)",
    },
  ],
  lacks: { sigtrap: "attr.sigtrap came with Linux 5.13" },
});
