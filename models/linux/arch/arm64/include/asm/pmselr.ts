/**
 * What the driver used up to Linux 5.9 to reach counters: PMSELR and the registers it selects, under pmu_lock.
 *
 * Source: arch/arm64/kernel/perf_event.c of Linux 5.4; Arm ARM, PMSELR_EL0, PMXEVCNTR_EL0, PMXEVTYPER_EL0. One step each.
 * Not modelled: pmu_lock as a word in memory (linux-5.4.ts says why).
 */
import { operation } from "../../../../../../src/spec/kernel-function.js";
import { hex } from "../../../../../../src/spec/notation.js";
import { pe } from "../../../../../arm/pe.js";
import { writePMCCFILTR, writePMEVCNTR, writePMEVTYPER } from "../../../../../arm/pmuv3-registers.js";
import { CYCLE_COUNTER, pmu } from "../../../../../arm/pmuv3.js";
import { overwritten } from "../../../../../ground-truth.js";
import { countedBy, readable, showPMEVTYPER } from "./arm_pmuv3.js";

/** raw_spin_lock_irqsave(&events->pmu_lock): were interrupts masked before? */
export const pmu_lock_irqsave = operation<[], boolean>({
  name: "pmu_lock_irqsave",
  perform: (view, cpu) => {
    const { I } = view.read(pe(cpu)).PSTATE;
    view.update(pe(cpu), (of) => {
      of.PSTATE.I = true;
    });
    return I;
  },
  show: () => "pmu_lock taken, PSTATE.I = 1",
});

export const pmu_unlock_irqrestore = operation<[boolean], void>({
  name: "pmu_unlock_irqrestore",
  perform: (view, cpu, [flags]) =>
    view.update(pe(cpu), (of) => {
      of.PSTATE.I = flags;
    }),
  show: ([flags]) => `pmu_lock released, PSTATE.I = ${flags ? 1 : 0}`,
});

export const write_pmselr = operation<[number], void>({
  name: "write_pmselr",
  perform: (view, cpu, [counter]) =>
    view.update(pmu(cpu), (of) => {
      of.PMSELR = counter;
    }),
  show: ([counter]) => `PMSELR = ${counter}`,
});

export const read_pmxevcntr = operation<[], bigint>({
  name: "read_pmxevcntr",
  perform: (view, cpu) => {
    const { PMSELR } = view.read(pmu(cpu));
    return readable(view, cpu, PMSELR).PMEVCNTR[PMSELR] ?? 0n;
  },
  show: (_, value) => `PMXEVCNTR is ${hex(value)}`,
});

export const write_pmxevcntr = operation<[bigint], void>({
  name: "write_pmxevcntr",
  perform: (view, cpu, [value]) => {
    const { PMEVTYPER, PMSELR } = view.read(pmu(cpu));
    overwritten(view, countedBy(view, PMEVTYPER[PMSELR] ?? 0));
    view.update(pmu(cpu), (of) => writePMEVCNTR(of, PMSELR, value));
  },
  show: ([value]) => `PMXEVCNTR = ${hex(value)}`,
});

/** With PMSELR 31 it is PMCCFILTR. */
export const write_pmxevtyper = operation<[number], void>({
  name: "write_pmxevtyper",
  perform: (view, cpu, [value]) => {
    const { PMSELR } = view.read(pmu(cpu));
    view.update(pmu(cpu), (of) => {
      if (PMSELR === CYCLE_COUNTER) writePMCCFILTR(of, value);
      else writePMEVTYPER(of, PMSELR, value);
    });
  },
  show: ([value]) => `PMXEVTYPER = ${showPMEVTYPER(value)}`,
});
