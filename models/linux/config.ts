/**
 * What is fixed once the kernel has booted: which CPU this is, how many counters there are, how the GIC is used.
 *
 * Source: arch/arm64/include/asm/smp.h, arch/arm64/include/asm/cpufeature.h, and the fields of struct arm_pmu that
 * __armv8pmu_probe_pmu fills in. None of it changes while the model runs, so asking is not a step.
 */
import { operation } from "../../src/spec/kernel-function.js";
import { oneOf } from "../../src/spec/notation.js";
import { pe } from "../arm/pe.js";
import { SPURIOUS } from "../arm/gicv3.js";
import { IPI_CALL_FUNC, IPI_IRQ_WORK, IPI_RESCHEDULE } from "./constants.js";
import { counterBits, counters, irq, maxSamples, pmuv3p5 } from "../parameters.js";

export const smp_processor_id = operation<[], number>({
  name: "smp_processor_id",
  local: true,
  perform: (_view, cpu) => cpu,
});

/** irqchip.gicv3_pseudo_nmi=1: PMR masks interrupts, and the PMU's interrupt has the NMI priority. */
export const system_uses_irq_prio_masking = operation<[], boolean>({
  name: "system_uses_irq_prio_masking",
  local: true,
  perform: (view) => view.parameter(irq) === "nmi",
});

/** The PMU's PPI on the machines of the mail. */
export const PMU_PPI = 23;
/** The timer's. */
export const TIMER_PPI = 27;

/** The numbers of interrupts, by what sends them; a PPI has no name in the kernel. */
export const intid = oneOf({ IPI_RESCHEDULE, IPI_CALL_FUNC, IPI_IRQ_WORK });
const sources = oneOf({ PMU: PMU_PPI, timer: TIMER_PPI, spurious: SPURIOUS });

/** `0 (IPI_RESCHEDULE)`, `23 (PMU)`, as registers of the GIC have it. */
export function showIntid(number: number): string {
  const name = number < 16 ? intid(number) : sources(number);
  return name === String(number) ? name : `${number} (${name})`;
}

/** Bits of a 32-bit event's counter: 32 on real hardware. */
export const counterWidth = operation<[], number>({
  name: "counterWidth",
  local: true,
  perform: (view) => view.parameter(counterBits),
});

/** arm_pmu.num_events: the event counters and the cycle counter. */
export const armpmu_num_events = operation<[], number>({
  name: "armpmu_num_events",
  local: true,
  perform: (view) => view.parameter(counters) + 1,
});

/** is_pmuv3p5(cpu_pmu->pmuver): event counters have 64 bits and PMCR_EL0.LP is set. */
export const armv8pmu_has_long_event = operation<[], boolean>({
  name: "armv8pmu_has_long_event",
  local: true,
  perform: (view) => view.parameter(pmuv3p5) === 1,
});

/** A warning of the kernel: something its authors thought could not happen. */
export const WARN_ON_ONCE = operation<[boolean, string], void>({
  name: "WARN_ON_ONCE",
  local: true,
  perform: (view, cpu, [condition, text]) => {
    if (condition) view.observe({ kind: "warning", cpu, text });
  },
});

/** `current`: the task this CPU runs. */
export const current_task = operation<[], string>({
  name: "current",
  local: true,
  perform: (view, cpu) => view.read(pe(cpu)).current,
});

/** sysctl_perf_event_sample_rate, as max_samples_per_tick; 0 if nothing is ever throttled. */
export const maxSamplesPerTick = operation<[], number>({
  name: "maxSamplesPerTick",
  local: true,
  perform: (view) => view.parameter(maxSamples),
});
