/**
 * linux-5.4: the driver under pmu_lock, which reaches counters through PMSELR and runs irq_work itself.
 *
 * Source: arch/arm64/kernel/perf_event.c and kernel/events/core.c of Linux 5.4, read in full.
 * Not modelled: pmu_lock as a word in memory. It is per CPU and taken with interrupts masked, so no context ever waits for
 *   it; the masking is modelled.
 */
import { override } from "../../../src/spec/kernel-function.js";
import { bit, CHAIN } from "../../arm/pmuv3.js";
import { pmuLockWord } from "../../deviations.js";
import * as armPmuv3 from "../drivers/perf/arm_pmuv3.js";
import {
  ARMV8_PMU_INCLUDE_EL2,
  ARMV8_PMU_PMCR_C,
  ARMV8_PMU_PMCR_E,
  ARMV8_PMU_PMCR_LC,
  ARMV8_PMU_PMCR_P,
  isb,
  read_pmccntr,
  write_pmccntr,
  write_pmcntenclr,
  write_pmcntenset,
} from "../arch/arm64/include/asm/arm_pmuv3.js";
import {
  pmu_lock_irqsave,
  pmu_unlock_irqrestore,
  read_pmxevcntr,
  write_pmselr,
  write_pmxevcntr,
  write_pmxevtyper,
} from "../arch/arm64/include/asm/pmselr.js";
import { smp_processor_id } from "../config.js";
import { raw_spin_lock, raw_spin_unlock } from "../kernel/events/core/call.js";
import * as sched from "../kernel/events/core/sched.js";
import * as state from "../kernel/events/core/state.js";
import { irq_work_run } from "../kernel/irq_work.js";
import { load, loadStable } from "../memory.js";
import { EVENT_ALL, IRQ_HANDLED, per_cpu, perf_event, task_struct } from "../structs.js";
import { linux_5_10 } from "./linux-5.10.js";
import { release, version } from "./version.js";

/** Whatever the hardware: counters are used as 32 bits wide. */
const armv8pmu_event_is_chained = override(armPmuv3.armv8pmu_event_is_chained, function* (event: string) {
  const idx = yield* loadStable(perf_event(event).hw.idx);
  return (
    (yield* armPmuv3.armv8pmu_event_is_64bit(event)) && idx !== (yield* armPmuv3.ARMV8_IDX_CYCLE_COUNTER())
  );
});

function* armv8pmu_select_counter(idx: number) {
  yield* write_pmselr(yield* armPmuv3.ARMV8_IDX_TO_COUNTER(idx));
  yield* isb();
}

const armv8pmu_read_evcntr = override(armPmuv3.armv8pmu_read_evcntr, function* (idx: number) {
  yield* armv8pmu_select_counter(idx);
  return yield* read_pmxevcntr();
});

const armv8pmu_read_counter = override(armPmuv3.armv8pmu_read_counter, function* (event: string) {
  const idx = yield* loadStable(perf_event(event).hw.idx);
  if (idx === (yield* armPmuv3.ARMV8_IDX_CYCLE_COUNTER())) return yield* read_pmccntr();
  return yield* armPmuv3.armv8pmu_read_hw_counter(event);
});

const armv8pmu_write_evcntr = override(
  armPmuv3.armv8pmu_write_evcntr,
  function* (idx: number, value: bigint) {
    yield* armv8pmu_select_counter(idx);
    yield* write_pmxevcntr(value);
  },
);

/** Only the cycle counter has 64 bits, and is made to overflow with its lower half. */
const armv8pmu_write_counter = override(
  armPmuv3.armv8pmu_write_counter,
  function* (event: string, value: bigint) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    if (idx !== (yield* armPmuv3.ARMV8_IDX_CYCLE_COUNTER())) {
      yield* armPmuv3.armv8pmu_write_hw_counter(event, value);
      return;
    }
    const long = yield* armPmuv3.armv8pmu_event_is_64bit(event);
    yield* write_pmccntr(long ? value : value | armPmuv3.GENMASK_63_32);
  },
);

const armv8pmu_write_evtype = override(armPmuv3.armv8pmu_write_evtype, function* (idx: number, val: number) {
  yield* armv8pmu_select_counter(idx);
  yield* write_pmxevtyper(val);
});

const armv8pmu_write_event_type = override(armPmuv3.armv8pmu_write_event_type, function* (event: string) {
  const idx = yield* loadStable(perf_event(event).hw.idx);
  const config_base = yield* loadStable(perf_event(event).hw.config_base);
  if (yield* armPmuv3.armv8pmu_event_is_chained(event)) {
    yield* armPmuv3.armv8pmu_write_evtype(idx - 1, config_base);
    yield* armPmuv3.armv8pmu_write_evtype(idx, CHAIN | ARMV8_PMU_INCLUDE_EL2);
  } else {
    yield* armPmuv3.armv8pmu_write_evtype(idx, config_base);
  }
});

/** No isb around it. */
const armv8pmu_enable_counter = override(armPmuv3.armv8pmu_enable_counter, function* (mask: number) {
  yield* write_pmcntenset(mask);
});

/** Of a chained pair the high counter first, so that it does not miss an overflow of the low one. */
const armv8pmu_enable_event_counter = override(
  armPmuv3.armv8pmu_enable_event_counter,
  function* (event: string) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    yield* armPmuv3.armv8pmu_enable_counter(bit(yield* armPmuv3.ARMV8_IDX_TO_COUNTER(idx)));
    if (yield* armPmuv3.armv8pmu_event_is_chained(event)) {
      yield* armPmuv3.armv8pmu_enable_counter(bit(yield* armPmuv3.ARMV8_IDX_TO_COUNTER(idx - 1)));
    }
  },
);

const armv8pmu_disable_counter = override(armPmuv3.armv8pmu_disable_counter, function* (mask: number) {
  yield* write_pmcntenclr(mask);
});

const armv8pmu_disable_event_counter = override(
  armPmuv3.armv8pmu_disable_event_counter,
  function* (event: string) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    if (yield* armPmuv3.armv8pmu_event_is_chained(event)) {
      yield* armPmuv3.armv8pmu_disable_counter(bit(yield* armPmuv3.ARMV8_IDX_TO_COUNTER(idx - 1)));
    }
    yield* armPmuv3.armv8pmu_disable_counter(bit(yield* armPmuv3.ARMV8_IDX_TO_COUNTER(idx)));
  },
);

const armv8pmu_enable_event = override(armPmuv3.armv8pmu_enable_event, function* (event: string) {
  const flags = yield* pmu_lock_irqsave();
  yield* armPmuv3.armv8pmu_disable_event_counter(event);
  yield* armPmuv3.armv8pmu_write_event_type(event);
  yield* armPmuv3.armv8pmu_enable_event_irq(event);
  yield* armPmuv3.armv8pmu_enable_event_counter(event);
  yield* pmu_unlock_irqrestore(flags);
});

const armv8pmu_disable_event = override(armPmuv3.armv8pmu_disable_event, function* (event: string) {
  const flags = yield* pmu_lock_irqsave();
  yield* armPmuv3.armv8pmu_disable_event_counter(event);
  yield* armPmuv3.armv8pmu_disable_event_irq(event);
  yield* pmu_unlock_irqrestore(flags);
});

const armv8pmu_start = override(armPmuv3.armv8pmu_start, function* () {
  const flags = yield* pmu_lock_irqsave();
  yield* armPmuv3.armv8pmu_pmcr_write((yield* armPmuv3.armv8pmu_pmcr_read()) | ARMV8_PMU_PMCR_E);
  yield* pmu_unlock_irqrestore(flags);
});

const armv8pmu_stop = override(armPmuv3.armv8pmu_stop, function* () {
  const flags = yield* pmu_lock_irqsave();
  yield* armPmuv3.armv8pmu_pmcr_write((yield* armPmuv3.armv8pmu_pmcr_read()) & ~ARMV8_PMU_PMCR_E);
  yield* pmu_unlock_irqrestore(flags);
});

/** Runs the irq_work itself, before the interrupt returns: a signal does not wait for a self-IPI. */
const armv8pmu_handle_irq = override(armPmuv3.armv8pmu_handle_irq, function* () {
  const ret = yield* armPmuv3.armv8pmu_handle_irq.body();
  if (ret === IRQ_HANDLED) yield* irq_work_run();
  return ret;
});

/** Counter by counter, and no PMCR.LP. */
const armv8pmu_reset = override(armPmuv3.armv8pmu_reset, function* () {
  for (const idx of yield* armPmuv3.armpmu_indices()) {
    const counter = yield* armPmuv3.ARMV8_IDX_TO_COUNTER(idx);
    yield* armPmuv3.armv8pmu_disable_counter(bit(counter));
    yield* armPmuv3.armv8pmu_disable_intens(bit(counter));
  }
  yield* armPmuv3.armv8pmu_pmcr_write(ARMV8_PMU_PMCR_P | ARMV8_PMU_PMCR_C | ARMV8_PMU_PMCR_LC);
});

/** The PMU is disabled by ctx_sched_out, around the groups only. */
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
      yield* sched.swap_contexts(task, ctx, next, next_ctx);
      yield* raw_spin_unlock(next_ctx);
    } else {
      yield* state.task_ctx_sched_out(ctx, EVENT_ALL);
    }
    yield* raw_spin_unlock(ctx);
  },
);

export const linux_5_4 = version(linux_5_10, {
  name: "linux-5.4",
  summary: "the driver under pmu_lock, with PMSELR, and irq_work run by the handler",
  kernels: release("5.4"),
  overrides: {
    armv8pmu_event_is_chained,
    armv8pmu_read_evcntr,
    armv8pmu_read_counter,
    armv8pmu_write_evcntr,
    armv8pmu_write_counter,
    armv8pmu_write_evtype,
    armv8pmu_write_event_type,
    armv8pmu_enable_counter,
    armv8pmu_enable_event_counter,
    armv8pmu_disable_counter,
    armv8pmu_disable_event_counter,
    armv8pmu_enable_event,
    armv8pmu_disable_event,
    armv8pmu_start,
    armv8pmu_stop,
    armv8pmu_handle_irq,
    armv8pmu_reset,
    perf_event_context_sched_out,
  },
  deviations: [pmuLockWord],
  differences: [
    {
      what: "pmu_lock, taken with interrupts masked, around enable, disable, start and stop",
      commit: "before 2a0e2a02e4b7 (5.10)",
    },
    { what: "the handler ends with irq_work_run", commit: "before 05ab72813340 (5.10)" },
    {
      what: "counters through PMSELR and PMXEV*, one at a time, without the isb beside PMCNTENSET and PMCNTENCLR",
      commit: "before 0fdf1bb75953 and 490d7b7c0845 (5.10)",
    },
    { what: "no use of FEAT_PMUv3p5's long counters (PMCR.LP)", commit: "before 8673e02e5841 (5.7)" },
    {
      what: "perf_event_context_sched_out does not disable the PMU before ctx_sched_out does",
      commit: "before 44fae179ce73 (5.10)",
    },
  ],
  lacks: { nmi: "linux-5.4 cannot take the PMU interrupt as an NMI: that came with Linux 5.10" },
});
