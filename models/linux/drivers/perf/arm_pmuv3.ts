/* oxlint-disable max-lines -- it has the functions of the C file of its name, in the order of that file */
/**
 * drivers/perf/arm_pmuv3.c: the PMUv3 driver's low level, same functions in the same order.
 *
 * Source: that file as of November 2023 (Linux 6.5 to 6.7).
 * Not modelled: probing, sysfs and event maps; KVM (kvm_set/clr_pmu_events, counters deferred to a guest);
 *   user-space counter access (sysctl_perf_user_access is 0); get_irq_regs and the sample's data.
 */
import { constant, kernelFunction, macro } from "../../../../src/spec/kernel-function.js";
import { hexadecimal } from "../../../../src/spec/notation.js";
import { bit, CHAIN, CPU_CYCLES, CYCLE_COUNTER } from "../../../arm/pmuv3.js";
import { armpmu_event_set_period, armpmu_event_update } from "./arm_pmu.js";
import {
  ARMV8_PMU_INCLUDE_EL2,
  ARMV8_PMU_PMCR_C,
  ARMV8_PMU_PMCR_E,
  ARMV8_PMU_PMCR_LC,
  ARMV8_PMU_PMCR_LP,
  ARMV8_PMU_PMCR_P,
  isb,
  read_pmccntr,
  read_pmcr,
  read_pmevcntrn,
  read_pmovsclr,
  write_pmccfiltr,
  write_pmccntr,
  write_pmcntenclr,
  write_pmcntenset,
  write_pmcr,
  write_pmevcntrn,
  write_pmevtypern,
  write_pmintenclr,
  write_pmintenset,
  write_pmovsclr,
  write_pmuserenr,
} from "../../arch/arm64/include/asm/arm_pmuv3.js";
import { armpmu_num_events, armv8pmu_has_long_event, smp_processor_id } from "../../config.js";
import { perf_event_overflow } from "../../kernel/events/core/overflow.js";
import { clear_bit, element, load, loadStable, test_and_set_bit } from "../../memory.js";
import {
  EAGAIN,
  IRQ_HANDLED,
  IRQ_NONE,
  irqreturn_t,
  negated_errno,
  per_cpu,
  perf_event,
} from "../../structs.js";

/** Perf events' indices: hw.idx 0 is the cycle counter, k >= 1 is event counter k - 1 (up to 6.11). */
export const ARMV8_IDX_CYCLE_COUNTER = constant("ARMV8_IDX_CYCLE_COUNTER", 0);
export const ARMV8_IDX_COUNTER0 = constant("ARMV8_IDX_COUNTER0", 1);

const ARMV8_PMU_PMCR_MASK =
  ARMV8_PMU_PMCR_E | ARMV8_PMU_PMCR_P | ARMV8_PMU_PMCR_C | ARMV8_PMU_PMCR_LC | ARMV8_PMU_PMCR_LP;
const ARMV8_PMU_OVSR_MASK = 0xffff_ffff;
const ARMV8_PMU_EVTYPE_EVENT = 0xffff;
const U32_MAX = 0xffff_ffff;
export const GENMASK_63_32 = 0xffff_ffff_0000_0000n;

export const ARMV8_IDX_TO_COUNTER = macro("ARMV8_IDX_TO_COUNTER", function* (idx: number) {
  if (idx === (yield* ARMV8_IDX_CYCLE_COUNTER())) return CYCLE_COUNTER;
  return idx - (yield* ARMV8_IDX_COUNTER0());
});

export const armv8pmu_event_is_64bit = kernelFunction("armv8pmu_event_is_64bit", function* (event: string) {
  return ((yield* loadStable(perf_event(event).attr.config1)) & 1) !== 0;
});

/** A 64-bit event on 32-bit counters takes two of them; hw.idx is the higher one. */
export const armv8pmu_event_is_chained = kernelFunction(
  "armv8pmu_event_is_chained",
  function* (event: string) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    if (!(yield* armv8pmu_event_is_64bit(event))) return false;
    return !(yield* armv8pmu_has_long_event()) && idx !== (yield* ARMV8_IDX_CYCLE_COUNTER());
  },
);

export const armv8pmu_pmcr_read = kernelFunction(
  "armv8pmu_pmcr_read",
  function* () {
    return yield* read_pmcr();
  },
  { result: hexadecimal },
);

/** The isb is before the write, and none is after it. */
export const armv8pmu_pmcr_write = kernelFunction(
  "armv8pmu_pmcr_write",
  function* (val: number) {
    yield* isb();
    yield* write_pmcr(val & ARMV8_PMU_PMCR_MASK);
  },
  { arguments: [hexadecimal] },
);

export const armv8pmu_read_evcntr = kernelFunction(
  "armv8pmu_read_evcntr",
  function* (idx: number) {
    return yield* read_pmevcntrn(yield* ARMV8_IDX_TO_COUNTER(idx));
  },
  { result: hexadecimal },
);

/** High half first, then low, and no second look: safe only while the PMU is stopped. */
export const armv8pmu_read_hw_counter = kernelFunction(
  "armv8pmu_read_hw_counter",
  function* (event: string) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    const val = yield* armv8pmu_read_evcntr(idx);
    if (!(yield* armv8pmu_event_is_chained(event))) return val;
    return (val << 32n) | (yield* armv8pmu_read_evcntr(idx - 1));
  },
  { result: hexadecimal },
);

/**
 * A 32-bit event on a 64-bit counter: the upper half is written as ones, so that the counter overflows when the
 * lower half does.
 */
export const armv8pmu_event_needs_bias = kernelFunction(
  "armv8pmu_event_needs_bias",
  function* (event: string) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    if (yield* armv8pmu_event_is_64bit(event)) return false;
    return (yield* armv8pmu_has_long_event()) || idx === (yield* ARMV8_IDX_CYCLE_COUNTER());
  },
);

export const armv8pmu_bias_long_counter = kernelFunction(
  "armv8pmu_bias_long_counter",
  function* (event: string, value: bigint) {
    return (yield* armv8pmu_event_needs_bias(event)) ? value | GENMASK_63_32 : value;
  },
  { arguments: [undefined, hexadecimal], result: hexadecimal },
);

export const armv8pmu_unbias_long_counter = kernelFunction(
  "armv8pmu_unbias_long_counter",
  function* (event: string, value: bigint) {
    return (yield* armv8pmu_event_needs_bias(event)) ? value & ~GENMASK_63_32 : value;
  },
  { arguments: [undefined, hexadecimal], result: hexadecimal },
);

export const armv8pmu_read_counter = kernelFunction(
  "armv8pmu_read_counter",
  function* (event: string) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    const value =
      idx === (yield* ARMV8_IDX_CYCLE_COUNTER())
        ? yield* read_pmccntr()
        : yield* armv8pmu_read_hw_counter(event);
    return yield* armv8pmu_unbias_long_counter(event, value);
  },
  { result: hexadecimal },
);

export const armv8pmu_write_evcntr = kernelFunction(
  "armv8pmu_write_evcntr",
  function* (idx: number, value: bigint) {
    yield* write_pmevcntrn(yield* ARMV8_IDX_TO_COUNTER(idx), value);
  },
  { arguments: [undefined, hexadecimal] },
);

export const armv8pmu_write_hw_counter = kernelFunction(
  "armv8pmu_write_hw_counter",
  function* (event: string, value: bigint) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    if (yield* armv8pmu_event_is_chained(event)) {
      yield* armv8pmu_write_evcntr(idx, value >> 32n);
      yield* armv8pmu_write_evcntr(idx - 1, BigInt.asUintN(32, value));
    } else {
      yield* armv8pmu_write_evcntr(idx, value);
    }
  },
  { arguments: [undefined, hexadecimal] },
);

export const armv8pmu_write_counter = kernelFunction(
  "armv8pmu_write_counter",
  function* (event: string, value: bigint) {
    const idx = yield* loadStable(perf_event(event).hw.idx);
    const biased = yield* armv8pmu_bias_long_counter(event, value);
    if (idx === (yield* ARMV8_IDX_CYCLE_COUNTER())) yield* write_pmccntr(biased);
    else yield* armv8pmu_write_hw_counter(event, biased);
  },
  { arguments: [undefined, hexadecimal] },
);

export const armv8pmu_write_evtype = kernelFunction(
  "armv8pmu_write_evtype",
  function* (idx: number, val: number) {
    yield* write_pmevtypern(yield* ARMV8_IDX_TO_COUNTER(idx), val);
  },
  { arguments: [undefined, hexadecimal] },
);

/** Chained: the low counter counts the event, the high one counts CHAIN at every Exception level. */
export const armv8pmu_write_event_type = kernelFunction(
  "armv8pmu_write_event_type",
  function* (event: string) {
    const hwc = perf_event(event).hw;
    const idx = yield* loadStable(hwc.idx);
    const config_base = yield* loadStable(hwc.config_base);
    if (yield* armv8pmu_event_is_chained(event)) {
      yield* armv8pmu_write_evtype(idx - 1, config_base);
      yield* armv8pmu_write_evtype(idx, CHAIN | ARMV8_PMU_INCLUDE_EL2);
    } else if (idx === (yield* ARMV8_IDX_CYCLE_COUNTER())) {
      yield* write_pmccfiltr(config_base);
    } else {
      yield* armv8pmu_write_evtype(idx, config_base);
    }
  },
);

/** Both counters of a chained pair. */
export const armv8pmu_event_cnten_mask = kernelFunction(
  "armv8pmu_event_cnten_mask",
  function* (event: string) {
    const counter = yield* ARMV8_IDX_TO_COUNTER(yield* loadStable(perf_event(event).hw.idx));
    const chained = yield* armv8pmu_event_is_chained(event);
    return chained ? (bit(counter) | bit(counter - 1)) >>> 0 : bit(counter);
  },
  { result: hexadecimal },
);

export const armv8pmu_enable_counter = kernelFunction(
  "armv8pmu_enable_counter",
  function* (mask: number) {
    yield* isb();
    yield* write_pmcntenset(mask);
  },
  { arguments: [hexadecimal] },
);

export const armv8pmu_enable_event_counter = kernelFunction(
  "armv8pmu_enable_event_counter",
  function* (event: string) {
    yield* armv8pmu_enable_counter(yield* armv8pmu_event_cnten_mask(event));
  },
);

export const armv8pmu_disable_counter = kernelFunction(
  "armv8pmu_disable_counter",
  function* (mask: number) {
    yield* write_pmcntenclr(mask);
    yield* isb();
  },
  { arguments: [hexadecimal] },
);

export const armv8pmu_disable_event_counter = kernelFunction(
  "armv8pmu_disable_event_counter",
  function* (event: string) {
    yield* armv8pmu_disable_counter(yield* armv8pmu_event_cnten_mask(event));
  },
);

export const armv8pmu_enable_intens = kernelFunction(
  "armv8pmu_enable_intens",
  function* (mask: number) {
    yield* write_pmintenset(mask);
  },
  { arguments: [hexadecimal] },
);

/** hw.idx only: the low half of a chained pair never interrupts. */
export const armv8pmu_enable_event_irq = kernelFunction(
  "armv8pmu_enable_event_irq",
  function* (event: string) {
    const counter = yield* ARMV8_IDX_TO_COUNTER(yield* loadStable(perf_event(event).hw.idx));
    yield* armv8pmu_enable_intens(bit(counter));
  },
);

/** Clears the overflow flag whether or not anybody was told of the overflow: the loss of the mail. */
export const armv8pmu_disable_intens = kernelFunction(
  "armv8pmu_disable_intens",
  function* (mask: number) {
    yield* write_pmintenclr(mask);
    yield* isb();
    yield* write_pmovsclr(mask);
    yield* isb();
  },
  { arguments: [hexadecimal] },
);

export const armv8pmu_disable_event_irq = kernelFunction(
  "armv8pmu_disable_event_irq",
  function* (event: string) {
    const counter = yield* ARMV8_IDX_TO_COUNTER(yield* loadStable(perf_event(event).hw.idx));
    yield* armv8pmu_disable_intens(bit(counter));
  },
);

/** A read and a write: an overflow between them stays latched, unless its flag was already set. */
export const armv8pmu_getreset_flags = kernelFunction(
  "armv8pmu_getreset_flags",
  function* () {
    const value = ((yield* read_pmovsclr()) & ARMV8_PMU_OVSR_MASK) >>> 0;
    yield* write_pmovsclr(value);
    return value;
  },
  { result: hexadecimal },
);

export const armv8pmu_disable_user_access = kernelFunction("armv8pmu_disable_user_access", function* () {
  yield* write_pmuserenr(0);
});

export const armv8pmu_enable_event = kernelFunction("armv8pmu_enable_event", function* (event: string) {
  yield* armv8pmu_disable_event_counter(event);
  yield* armv8pmu_write_event_type(event);
  yield* armv8pmu_enable_event_irq(event);
  yield* armv8pmu_enable_event_counter(event);
});

export const armv8pmu_disable_event = kernelFunction("armv8pmu_disable_event", function* (event: string) {
  yield* armv8pmu_disable_event_counter(event);
  yield* armv8pmu_disable_event_irq(event);
});

/** Sets E whatever it was before: there is no memory of "was enabled". */
export const armv8pmu_start = kernelFunction("armv8pmu_start", function* () {
  yield* armv8pmu_disable_user_access();
  yield* armv8pmu_pmcr_write((yield* armv8pmu_pmcr_read()) | ARMV8_PMU_PMCR_E);
});

export const armv8pmu_stop = kernelFunction("armv8pmu_stop", function* () {
  yield* armv8pmu_pmcr_write((yield* armv8pmu_pmcr_read()) & ~ARMV8_PMU_PMCR_E);
});

/** for (idx = 0; idx < cpu_pmu->num_events; ++idx): the cycle counter first. */
export const armpmu_indices = macro("armpmu_indices", function* () {
  return [...Array(yield* armpmu_num_events()).keys()];
});

/** The indices of the event counters: all but the cycle counter's. */
export const armpmu_counter_indices = macro("armpmu_counter_indices", function* () {
  const first = yield* ARMV8_IDX_COUNTER0();
  return Array.from({ length: (yield* armpmu_num_events()) - 1 }, (_, n) => first + n);
});

export const armv8pmu_handle_irq = kernelFunction(
  "armv8pmu_handle_irq",
  function* () {
    const cpuc = per_cpu(yield* smp_processor_id()).hw_events;
    const pmovsr = yield* armv8pmu_getreset_flags();
    if (pmovsr === 0) return IRQ_NONE;

    yield* armv8pmu_stop();
    for (const idx of yield* armpmu_indices()) {
      const event = yield* load(element(cpuc.events, idx));
      if (event === null) continue;
      // One interrupt serves all counters: was it this one?
      if ((pmovsr & bit(yield* ARMV8_IDX_TO_COUNTER(idx))) === 0) continue;

      yield* armpmu_event_update(event);
      if ((yield* armpmu_event_set_period(event)) === 0) continue;
      // Returns nonzero to throttle the event.
      if ((yield* perf_event_overflow(event)) !== 0) yield* armv8pmu_disable_event(event);
    }
    yield* armv8pmu_start();
    return IRQ_HANDLED;
  },
  { result: irqreturn_t },
);

export const armv8pmu_get_single_idx = kernelFunction(
  "armv8pmu_get_single_idx",
  function* () {
    const { used_mask } = per_cpu(yield* smp_processor_id()).hw_events;
    for (const idx of yield* armpmu_counter_indices()) {
      if (!(yield* test_and_set_bit(idx, used_mask))) return idx;
    }
    return -EAGAIN;
  },
  { result: negated_errno },
);

/** Two consecutive counters, the lower one even. */
export const armv8pmu_get_chain_idx = kernelFunction(
  "armv8pmu_get_chain_idx",
  function* () {
    const { used_mask } = per_cpu(yield* smp_processor_id()).hw_events;
    for (const [counter, idx] of (yield* armpmu_counter_indices()).entries()) {
      if (counter % 2 === 0) continue;
      if (yield* test_and_set_bit(idx, used_mask)) continue;
      if (!(yield* test_and_set_bit(idx - 1, used_mask))) return idx;
      yield* clear_bit(idx, used_mask);
    }
    return -EAGAIN;
  },
  { result: negated_errno },
);

/** Cycles prefer the cycle counter. */
export const armv8pmu_get_event_idx = kernelFunction(
  "armv8pmu_get_event_idx",
  function* (event: string) {
    const { used_mask } = per_cpu(yield* smp_processor_id()).hw_events;
    const evtype = (yield* loadStable(perf_event(event).hw.config_base)) & ARMV8_PMU_EVTYPE_EVENT;
    const cycle = yield* ARMV8_IDX_CYCLE_COUNTER();
    if (evtype === CPU_CYCLES && !(yield* test_and_set_bit(cycle, used_mask))) return cycle;
    const chained = yield* armv8pmu_event_is_chained(event);
    return chained ? yield* armv8pmu_get_chain_idx() : yield* armv8pmu_get_single_idx();
  },
  { result: negated_errno },
);

export const armv8pmu_clear_event_idx = kernelFunction("armv8pmu_clear_event_idx", function* (event: string) {
  const { used_mask } = per_cpu(yield* smp_processor_id()).hw_events;
  const idx = yield* loadStable(perf_event(event).hw.idx);
  yield* clear_bit(idx, used_mask);
  if (yield* armv8pmu_event_is_chained(event)) yield* clear_bit(idx - 1, used_mask);
});

/** PMCR.P and .C reset the counters; the flags of all counters are cleared by armv8pmu_disable_intens. */
export const armv8pmu_reset = kernelFunction("armv8pmu_reset", function* () {
  yield* armv8pmu_disable_counter(U32_MAX);
  yield* armv8pmu_disable_intens(U32_MAX);
  const lp = (yield* armv8pmu_has_long_event()) ? ARMV8_PMU_PMCR_LP : 0;
  yield* armv8pmu_pmcr_write(ARMV8_PMU_PMCR_P | ARMV8_PMU_PMCR_C | ARMV8_PMU_PMCR_LC | lp);
});
