/**
 * arch/arm64/include/asm/arm_pmuv3.h: the accessors of the PMU's registers. One step each.
 *
 * Source: that file as of Linux 6.5 (7.3 has the same accessors, and more).
 * Not modelled: PMUSERENR_EL0 (written, but EL0 never reads the PMU here). Register writes are visible to the
 *   hardware at once; the driver's isb() are steps without an effect of their own.
 */
import { operation } from "../../src/spec/kernel-function.js";
import {
  pmu,
  writePMCCFILTR,
  writePMCCNTR,
  writePMCNTENCLR,
  writePMCNTENSET,
  writePMCR,
  writePMEVCNTR,
  writePMEVTYPER,
  writePMINTENCLR,
  writePMINTENSET,
  writePMOVSCLR,
} from "../arm/pmuv3.js";

/** PMCR_EL0 fields. */
export const ARMV8_PMU_PMCR_E = 1 << 0;
export const ARMV8_PMU_PMCR_P = 1 << 1;
export const ARMV8_PMU_PMCR_C = 1 << 2;
export const ARMV8_PMU_PMCR_LC = 1 << 6;
export const ARMV8_PMU_PMCR_LP = 1 << 7;

export const isb = operation<[], void>({ name: "isb", perform: () => undefined, show: () => "isb" });

export const read_pmcr = operation<[], number>({
  name: "read_pmcr",
  perform: (view, cpu) => {
    const { E, LC, LP } = view.read(pmu(cpu)).PMCR;
    return (E ? ARMV8_PMU_PMCR_E : 0) | (LC ? ARMV8_PMU_PMCR_LC : 0) | (LP ? ARMV8_PMU_PMCR_LP : 0);
  },
  show: (_, value) => `PMCR is ${hex(value)}`,
});

export const write_pmcr = operation<[number], void>({
  name: "write_pmcr",
  perform: (view, cpu, [value]) =>
    view.update(pmu(cpu), (of) => {
      writePMCR(of, {
        E: (value & ARMV8_PMU_PMCR_E) !== 0,
        P: (value & ARMV8_PMU_PMCR_P) !== 0,
        C: (value & ARMV8_PMU_PMCR_C) !== 0,
        LC: (value & ARMV8_PMU_PMCR_LC) !== 0,
        LP: (value & ARMV8_PMU_PMCR_LP) !== 0,
      });
    }),
  show: ([value]) => `PMCR = ${hex(value)} (E=${value & ARMV8_PMU_PMCR_E})`,
});

export const write_pmcntenset = operation<[number], void>({
  name: "write_pmcntenset",
  perform: (view, cpu, [mask]) => view.update(pmu(cpu), (of) => writePMCNTENSET(of, mask)),
  show: ([mask]) => `PMCNTENSET = ${hex(mask)}`,
});

export const write_pmcntenclr = operation<[number], void>({
  name: "write_pmcntenclr",
  perform: (view, cpu, [mask]) => view.update(pmu(cpu), (of) => writePMCNTENCLR(of, mask)),
  show: ([mask]) => `PMCNTENCLR = ${hex(mask)}`,
});

export const write_pmintenset = operation<[number], void>({
  name: "write_pmintenset",
  perform: (view, cpu, [mask]) => view.update(pmu(cpu), (of) => writePMINTENSET(of, mask)),
  show: ([mask]) => `PMINTENSET = ${hex(mask)}`,
});

export const write_pmintenclr = operation<[number], void>({
  name: "write_pmintenclr",
  perform: (view, cpu, [mask]) => view.update(pmu(cpu), (of) => writePMINTENCLR(of, mask)),
  show: ([mask]) => `PMINTENCLR = ${hex(mask)}`,
});

/** Reads the overflow flags (the CLR register reads like the SET register). */
export const read_pmovsclr = operation<[], number>({
  name: "read_pmovsclr",
  perform: (view, cpu) => view.read(pmu(cpu)).PMOVS,
  show: (_, value) => `PMOVSCLR is ${hex(value)}`,
});

export const write_pmovsclr = operation<[number], void>({
  name: "write_pmovsclr",
  perform: (view, cpu, [mask]) => view.update(pmu(cpu), (of) => writePMOVSCLR(of, mask)),
  show: ([mask]) => `PMOVSCLR = ${hex(mask)}`,
});

export const read_pmevcntrn = operation<[number], bigint>({
  name: "read_pmevcntrn",
  perform: (view, cpu, [n]) => view.read(pmu(cpu)).PMEVCNTR[n] ?? 0n,
  show: ([n], value) => `PMEVCNTR${n} is ${hex(value)}`,
});

export const write_pmevcntrn = operation<[number, bigint], void>({
  name: "write_pmevcntrn",
  perform: (view, cpu, [n, value]) => view.update(pmu(cpu), (of) => writePMEVCNTR(of, n, value)),
  show: ([n, value]) => `PMEVCNTR${n} = ${hex(value)}`,
});

export const write_pmevtypern = operation<[number, number], void>({
  name: "write_pmevtypern",
  perform: (view, cpu, [n, value]) => view.update(pmu(cpu), (of) => writePMEVTYPER(of, n, value)),
  show: ([n, value]) => `PMEVTYPER${n} = ${hex(value)}`,
});

export const read_pmccntr = operation<[], bigint>({
  name: "read_pmccntr",
  perform: (view, cpu) => view.read(pmu(cpu)).PMCCNTR,
  show: (_, value) => `PMCCNTR is ${hex(value)}`,
});

export const write_pmccntr = operation<[bigint], void>({
  name: "write_pmccntr",
  perform: (view, cpu, [value]) => view.update(pmu(cpu), (of) => writePMCCNTR(of, value)),
  show: ([value]) => `PMCCNTR = ${hex(value)}`,
});

export const write_pmccfiltr = operation<[number], void>({
  name: "write_pmccfiltr",
  perform: (view, cpu, [value]) => view.update(pmu(cpu), (of) => writePMCCFILTR(of, value)),
  show: ([value]) => `PMCCFILTR = ${hex(value)}`,
});

export const write_pmuserenr = operation<[number], void>({
  name: "write_pmuserenr",
  perform: () => undefined,
  show: ([value]) => `PMUSERENR = ${hex(value)}`,
});

function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
