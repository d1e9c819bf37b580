/**
 * arch/arm64/include/asm/arm_pmuv3.h: the accessors of the PMU's registers. One step each.
 *
 * Source: that file as of Linux 6.5 (7.3 has the same accessors, and more).
 * Not modelled: PMUSERENR_EL0 (written, but EL0 never reads the PMU here).
 */
import type { ReadView, View } from "../../../../../../src/spec/component.js";
import { operation } from "../../../../../../src/spec/kernel-function.js";
import { hex, registerOf } from "../../../../../../src/spec/notation.js";
import { overwritten } from "../../../../../ground-truth.js";
import { sync } from "../../../../../parameters.js";
import { dependsOnUnknown, unknownIn, type Readable } from "../../../../../arm/pmuv3-reset.js";
import {
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
  writePMOVSSET,
} from "../../../../../arm/pmuv3-registers.js";
import {
  BR_RETIRED,
  CHAIN,
  CPU_CYCLES,
  EVTCOUNT_MASK,
  EXCLUDE_EL0,
  EXCLUDE_EL1,
  pmu,
  synchronise,
  type PMUv3,
} from "../../../../../arm/pmuv3.js";
import { perCpuData, perfEvent, PERF_EVENT_STATE_ACTIVE } from "../../../../structs.js";

/** PMCR_EL0 fields. */
export const ARMV8_PMU_PMCR_E = 1 << 0;
export const ARMV8_PMU_PMCR_P = 1 << 1;
export const ARMV8_PMU_PMCR_C = 1 << 2;
export const ARMV8_PMU_PMCR_LC = 1 << 6;
export const ARMV8_PMU_PMCR_LP = 1 << 7;
/** PMEVTYPER<n>_EL0.NSH */
export const ARMV8_PMU_INCLUDE_EL2 = 0x0800_0000;

const showPMCR = registerOf(
  {
    E: ARMV8_PMU_PMCR_E,
    P: ARMV8_PMU_PMCR_P,
    C: ARMV8_PMU_PMCR_C,
    LC: ARMV8_PMU_PMCR_LC,
    LP: ARMV8_PMU_PMCR_LP,
  },
  ["E"],
);

/** PMEVTYPER<n>_EL0 and PMCCFILTR_EL0: at which Exception levels it counts, and, of an event counter, what. */
const showFilter = registerOf({ P: EXCLUDE_EL1, U: EXCLUDE_EL0, NSH: ARMV8_PMU_INCLUDE_EL2 });

export function showPMEVTYPER(value: number): string {
  const evtCount = value & EVTCOUNT_MASK;
  const name = EVENT_NAMES.get(evtCount) ?? hex(evtCount);
  return `${showFilter(value).replace(/\)$/, "")}${value === evtCount ? " (" : " "}evtCount=${name})`;
}

const EVENT_NAMES = new Map([
  [CPU_CYCLES, "CPU_CYCLES"],
  [CHAIN, "CHAIN"],
  [BR_RETIRED, "BR_RETIRED"],
]);

/** A context synchronisation: what was written to the PMU before is visible after it. */
export const isb = operation<[], void>({
  name: "isb",
  perform: (view, cpu) => {
    if (view.parameter(sync) === 1) view.update(pmu(cpu), synchronise);
  },
  show: () => "isb",
});

export const read_pmcr = operation<[], number>({
  name: "read_pmcr",
  perform: (view, cpu) => {
    const { E, LC, LP } = readable(view, cpu, "PMCR").PMCR;
    return (E ? ARMV8_PMU_PMCR_E : 0) | (LC ? ARMV8_PMU_PMCR_LC : 0) | (LP ? ARMV8_PMU_PMCR_LP : 0);
  },
  show: (_, value) => `PMCR is ${showPMCR(value)}`,
});

export const write_pmcr = operation<[number], void>({
  name: "write_pmcr",
  perform: (view, cpu, [value]) => {
    const E = (value & ARMV8_PMU_PMCR_E) !== 0;
    const rises = E && !view.read(pmu(cpu)).PMCR.E;
    if (rises && view.read(perCpuData(cpu)).pmu_disable_count > 0)
      view.observe({ kind: "enabled-in-section", cpu });
    view.update(pmu(cpu), (of) => {
      writePMCR(of, {
        E,
        P: (value & ARMV8_PMU_PMCR_P) !== 0,
        C: (value & ARMV8_PMU_PMCR_C) !== 0,
        LC: (value & ARMV8_PMU_PMCR_LC) !== 0,
        LP: (value & ARMV8_PMU_PMCR_LP) !== 0,
      });
    });
    noteDependence(view, cpu);
  },
  show: ([value]) => `PMCR = ${showPMCR(value)}`,
});

export const write_pmcntenset = operation<[number], void>({
  name: "write_pmcntenset",
  perform: (view, cpu, [mask]) => {
    view.update(pmu(cpu), (of) => writePMCNTENSET(of, mask));
    noteDependence(view, cpu);
  },
  show: ([mask]) => `PMCNTENSET = ${hex(mask)}`,
});

export const write_pmcntenclr = operation<[number], void>({
  name: "write_pmcntenclr",
  perform: (view, cpu, [mask]) => view.update(pmu(cpu), (of) => writePMCNTENCLR(of, mask)),
  show: ([mask]) => `PMCNTENCLR = ${hex(mask)}`,
});

export const write_pmintenset = operation<[number], void>({
  name: "write_pmintenset",
  perform: (view, cpu, [mask]) => {
    view.update(pmu(cpu), (of) => writePMINTENSET(of, mask));
    noteDependence(view, cpu);
  },
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
  perform: (view, cpu) => readable(view, cpu, "PMOVS").PMOVS,
  show: (_, value) => `PMOVSCLR is ${hex(value)}`,
});

export const write_pmovsclr = operation<[number], void>({
  name: "write_pmovsclr",
  perform: (view, cpu, [mask]) => view.update(pmu(cpu), (of) => writePMOVSCLR(of, mask)),
  show: ([mask]) => `PMOVSCLR = ${hex(mask)}`,
});

/** PMOVSSET_EL0: mainline has no accessor for it; fixes and patches have. */
export const write_pmovsset = operation<[number], void>({
  name: "write_pmovsset",
  perform: (view, cpu, [mask]) => view.update(pmu(cpu), (of) => writePMOVSSET(of, mask)),
  show: ([mask]) => `PMOVSSET = ${hex(mask)}`,
});

/** PMINTENSET_EL1 reads as the enabled interrupts: mainline only writes it. */
export const read_pmintenset = operation<[], number>({
  name: "read_pmintenset",
  perform: (view, cpu) => readable(view, cpu, "PMINTEN").PMINTEN,
  show: (_, value) => `PMINTENSET is ${hex(value)}`,
});

/** PMCNTENSET_EL0 reads as the enabled counters: mainline only writes it. */
export const read_pmcntenset = operation<[], number>({
  name: "read_pmcntenset",
  perform: (view, cpu) => readable(view, cpu, "PMCNTEN").PMCNTEN,
  show: (_, value) => `PMCNTENSET is ${hex(value)}`,
});

export const read_pmevcntrn = operation<[number], bigint>({
  name: "read_pmevcntrn",
  perform: (view, cpu, [n]) => readable(view, cpu, n).PMEVCNTR[n] ?? 0n,
  show: ([n], value) => `PMEVCNTR${n} is ${hex(value)}`,
});

export const write_pmevcntrn = operation<[number, bigint], void>({
  name: "write_pmevcntrn",
  perform: (view, cpu, [n, value]) => {
    overwritten(view, countedBy(view, view.read(pmu(cpu)).PMEVTYPER[n] ?? 0));
    view.update(pmu(cpu), (of) => writePMEVCNTR(of, n, value));
  },
  show: ([n, value]) => `PMEVCNTR${n} = ${hex(value)}`,
});

export const write_pmevtypern = operation<[number, number], void>({
  name: "write_pmevtypern",
  perform: (view, cpu, [n, value]) => view.update(pmu(cpu), (of) => writePMEVTYPER(of, n, value)),
  show: ([n, value]) => `PMEVTYPER${n} = ${showPMEVTYPER(value)}`,
});

export const read_pmccntr = operation<[], bigint>({
  name: "read_pmccntr",
  perform: (view, cpu) => readable(view, cpu, "PMCCNTR").PMCCNTR,
  show: (_, value) => `PMCCNTR is ${hex(value)}`,
});

export const write_pmccntr = operation<[bigint], void>({
  name: "write_pmccntr",
  perform: (view, cpu, [value]) => {
    overwritten(view, countedBy(view, view.read(pmu(cpu)).PMCCFILTR));
    view.update(pmu(cpu), (of) => writePMCCNTR(of, value));
  },
  show: ([value]) => `PMCCNTR = ${hex(value)}`,
});

export const write_pmccfiltr = operation<[number], void>({
  name: "write_pmccfiltr",
  perform: (view, cpu, [value]) => view.update(pmu(cpu), (of) => writePMCCFILTR(of, value)),
  show: ([value]) => `PMCCFILTR = ${showFilter(value)}`,
});

export const write_pmuserenr = operation<[number], void>({
  name: "write_pmuserenr",
  perform: () => undefined,
  show: ([value]) => `PMUSERENR = ${hex(value)}`,
});

/** The PMU of the CPU, of which software is given this register. */
export function readable(view: View, cpu: number, register: Readable): PMUv3 {
  const name = typeof register === "number" ? `PMEVCNTR${register}` : register;
  noteReliance(view, cpu, unknownIn(view.read(pmu(cpu)), register) ? name : undefined);
  return view.read(pmu(cpu));
}

/** Does the PMU now count or interrupt by a register that nobody has written? */
function noteDependence(view: View, cpu: number): void {
  noteReliance(view, cpu, dependsOnUnknown(view.read(pmu(cpu))));
}

/** Kept in the PMU and said at each access after it too, as nobody sees what happens during boot. */
function noteReliance(view: View, cpu: number, register: string | undefined): void {
  const first = view.read(pmu(cpu)).unknown.reliedOn;
  const reliedOn = first ?? register;
  if (reliedOn === undefined) return;
  if (first === null) {
    view.update(pmu(cpu), (of) => {
      of.unknown.reliedOn = reliedOn;
    });
  }
  view.observe({ kind: "unknown", cpu, register: reliedOn });
}

/** The active events that a counter of this type counts. */
export function countedBy(view: ReadView, type: number): readonly string[] {
  return view.events.filter((event) => {
    const { state, hw } = view.read(perfEvent(event));
    return state === PERF_EVENT_STATE_ACTIVE && hw.config_base === type;
  });
}
