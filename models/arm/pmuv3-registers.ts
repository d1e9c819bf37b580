/**
 * PMUv3: what a write to each register does.
 *
 * Source: Arm ARM (DDI 0487), the descriptions of PMCR_EL0, PMCNTENSET/CLR_EL0, PMINTENSET/CLR_EL1, PMOVSSET/CLR_EL0,
 * PMEVCNTR<n>_EL0, PMEVTYPER<n>_EL0, PMCCNTR_EL0, PMCCFILTR_EL0. The SET and CLR registers are views of one register:
 * writing 0 to a bit leaves it. A bit that is written is UNKNOWN no longer.
 */
import type { Draft } from "immer";

import { allBits, bit, CYCLE_COUNTER, settle, type PMUv3, type Unknown } from "./pmuv3.js";

/** A virtual PMU: the guest's write makes the host disable these counters, and with them what it has pending. */
function hostDisables(of: Draft<PMUv3>, mask: number): void {
  if (of.host !== null) of.host = (of.host & ~mask) >>> 0;
}

export function writePMCR(
  of: Draft<PMUv3>,
  value: { E: boolean; LC: boolean; LP: boolean; P: boolean; C: boolean },
): void {
  of.PMCR = { E: value.E, LC: value.LC, LP: value.LP && of.width === 64 };
  of.unknown.PMCR = false;
  if (!value.E) hostDisables(of, 0xffff_ffff);
  // P and C reset the counters; neither touches PMOVS.
  if (value.P) {
    of.PMEVCNTR = of.PMEVCNTR.map(() => 0n);
    known(of, "counter", ~bit(CYCLE_COUNTER));
  }
  if (value.C) writePMCCNTR(of, 0n);
  settle(of);
}

export function writePMCNTENSET(of: Draft<PMUv3>, mask: number): void {
  known(of, "PMCNTEN", mask);
  of.PMCNTEN = (of.PMCNTEN | implemented(of, mask)) >>> 0;
  if (of.started !== null) of.started = (of.started | implemented(of, mask)) >>> 0;
}

export function writePMCNTENCLR(of: Draft<PMUv3>, mask: number): void {
  known(of, "PMCNTEN", mask);
  of.PMCNTEN = (of.PMCNTEN & ~mask) >>> 0;
  hostDisables(of, mask);
}

export function writePMINTENSET(of: Draft<PMUv3>, mask: number): void {
  known(of, "PMINTEN", mask);
  of.PMINTEN = (of.PMINTEN | implemented(of, mask)) >>> 0;
}

export function writePMINTENCLR(of: Draft<PMUv3>, mask: number): void {
  known(of, "PMINTEN", mask);
  of.PMINTEN = (of.PMINTEN & ~mask) >>> 0;
  settle(of);
}

export function writePMOVSSET(of: Draft<PMUv3>, mask: number): void {
  known(of, "PMOVS", mask);
  of.PMOVS = (of.PMOVS | implemented(of, mask)) >>> 0;
}

export function writePMOVSCLR(of: Draft<PMUv3>, mask: number): void {
  known(of, "PMOVS", mask);
  of.PMOVS = (of.PMOVS & ~mask) >>> 0;
  settle(of);
}

export function writePMEVCNTR(of: Draft<PMUv3>, n: number, value: bigint): void {
  if (n >= of.PMEVCNTR.length) return;
  of.PMEVCNTR[n] = BigInt.asUintN(of.width, value);
  known(of, "counter", bit(n));
}

export function writePMEVTYPER(of: Draft<PMUv3>, n: number, value: number): void {
  if (n >= of.PMEVTYPER.length) return;
  of.PMEVTYPER[n] = value >>> 0;
  known(of, "type", bit(n));
}

export function writePMCCNTR(of: Draft<PMUv3>, value: bigint): void {
  of.PMCCNTR = BigInt.asUintN(64, value);
  known(of, "counter", bit(CYCLE_COUNTER));
}

export function writePMCCFILTR(of: Draft<PMUv3>, value: number): void {
  of.PMCCFILTR = value >>> 0;
  known(of, "type", bit(CYCLE_COUNTER));
}

/** Bits of unimplemented counters are RAZ/WI. */
function implemented(of: PMUv3, mask: number): number {
  return (mask & allBits(of)) >>> 0;
}

/** Software has given these bits a value. */
function known(of: Draft<PMUv3>, which: Exclude<keyof Unknown, "PMCR" | "reliedOn">, mask: number): void {
  of.unknown[which] = (of.unknown[which] & ~mask) >>> 0;
}
