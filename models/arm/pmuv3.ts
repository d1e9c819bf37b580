/**
 * PMUv3: the Performance Monitors Extension of one PE.
 *
 * Source: Arm ARM (DDI 0487), chapter "The Performance Monitors Extension", above all D13.3 "Behavior on
 * overflow" and D13.3.1 "Generating overflow interrupt requests"; the register descriptions of PMCR_EL0,
 * PMCNTENSET/CLR_EL0, PMINTENSET/CLR_EL1, PMOVSSET/CLR_EL0, PMEVCNTR<n>_EL0, PMEVTYPER<n>_EL0, PMCCNTR_EL0.
 * Not modelled: HPMN and the EL2 half of the counters; PMUSERENR, PMSWINC, PMSELR, external access; PMU
 *   exceptions (EBEP) and snapshots; thresholds; the instruction counter.
 * Over-approximated: a counted event may happen between any two kernel accesses, whatever the pipeline would do.
 *
 * Bit n of PMCNTEN, PMINTEN and PMOVS belongs to PMEVCNTR<n>, bit 31 to PMCCNTR.
 */
import type { Draft } from "immer";

import { perCpu } from "../../src/spec/component.js";

export interface PMUv3 {
  /** E: counting enabled. LC, LP: overflow at 64 bits for the cycle counter, for the event counters. */
  readonly PMCR: { readonly E: boolean; readonly LC: boolean; readonly LP: boolean };
  readonly PMCNTEN: number;
  readonly PMINTEN: number;
  readonly PMOVS: number;
  readonly PMEVCNTR: readonly bigint[];
  readonly PMEVTYPER: readonly number[];
  readonly PMCCNTR: bigint;
  readonly PMCCFILTR: number;
  /** FEAT_PMUv3p5: event counters have 64 bits. */
  readonly wide: boolean;
  /** Events counted at EL0 since PMUIRQ rose: what the assumption `skid` bounds. Zero while the line is low. */
  readonly sinceRise: number;
}

export const pmu = perCpu<PMUv3>("pmu");

export const CYCLE_COUNTER = 31;

/** Event numbers (PMEVTYPER<n>_EL0.evtCount). */
export const CPU_CYCLES = 0x11;
export const CHAIN = 0x1e;
export const BR_RETIRED = 0x21;

/** PMEVTYPER<n>_EL0 and PMCCFILTR_EL0: bits that exclude an Exception level, and the event number's mask. */
export const EXCLUDE_EL1 = 0x8000_0000;
export const EXCLUDE_EL0 = 0x4000_0000;
const EVTCOUNT_MASK = 0xffff;

/** The registers as Linux finds them; whatever a reset leaves UNKNOWN is zero here (armv8pmu_reset clears it). */
export function resetPMUv3(counters: number, wide: boolean): PMUv3 {
  return {
    PMCR: { E: false, LC: false, LP: false },
    PMCNTEN: 0,
    PMINTEN: 0,
    PMOVS: 0,
    PMEVCNTR: Array.from({ length: counters }, () => 0n),
    PMEVTYPER: Array.from({ length: counters }, () => 0),
    PMCCNTR: 0n,
    PMCCFILTR: 0,
    wide,
    sinceRise: 0,
  };
}

/** Bit n as an unsigned 32-bit mask. */
export function bit(n: number): number {
  return (1 << n) >>> 0;
}

/**
 * PMUIRQ: asserted while some counter n has E and PMOVS[n] and PMINTEN[n] (D13.3.1).
 * PMCNTEN is not a term: a counter that was stopped after it overflowed still asserts the line.
 */
export function overflowLine(of: PMUv3): boolean {
  return of.PMCR.E && (of.PMOVS & of.PMINTEN) !== 0;
}

/** Would an occurrence of this event at this Exception level be counted by any counter? */
export function counts(of: PMUv3, evtCount: number, el: 0 | 1): boolean {
  return countersOf(of, evtCount, el).length > 0;
}

/** One occurrence of an event: every counter that counts it steps by one. */
export function countOccurrence(of: Draft<PMUv3>, evtCount: number, el: 0 | 1): void {
  const counting = countersOf(of, evtCount, el);
  if (counting.length > 0 && overflowLine(of) && el === 0) of.sinceRise += 1;
  for (const n of counting) step(of, n, el);
}

function countersOf(of: PMUv3, evtCount: number, el: 0 | 1): number[] {
  return [...of.PMEVTYPER.keys(), CYCLE_COUNTER].filter((n) => countsAt(of, n, evtCount, el));
}

/** Is counter n enabled, programmed to count the event, and not excluded from this Exception level? */
function countsAt(of: PMUv3, n: number, evtCount: number, el: 0 | 1): boolean {
  if (!of.PMCR.E || (of.PMCNTEN & bit(n)) === 0) return false;
  const type = n === CYCLE_COUNTER ? of.PMCCFILTR : (of.PMEVTYPER[n] ?? 0);
  const counted = n === CYCLE_COUNTER ? CPU_CYCLES : type & EVTCOUNT_MASK;
  return counted === evtCount && (type & (el === 0 ? EXCLUDE_EL0 : EXCLUDE_EL1)) === 0;
}

/**
 * Steps counter n; an unsigned overflow sets its PMOVS bit in the same instant, and an overflow of an even counter at
 * 32 bits is a CHAIN event for the odd one above it.
 */
function step(of: Draft<PMUv3>, n: number, el: 0 | 1): void {
  if (n === CYCLE_COUNTER) {
    of.PMCCNTR = BigInt.asUintN(64, of.PMCCNTR + 1n);
    if (BigInt.asUintN(of.PMCR.LC ? 64 : 32, of.PMCCNTR) === 0n) setOverflow(of, n);
    return;
  }
  const value = BigInt.asUintN(of.wide ? 64 : 32, (of.PMEVCNTR[n] ?? 0n) + 1n);
  of.PMEVCNTR[n] = value;
  const long = of.wide && of.PMCR.LP;
  if (BigInt.asUintN(long ? 64 : 32, value) !== 0n) return;
  setOverflow(of, n);
  if (n % 2 === 0 && !long && countsAt(of, n + 1, CHAIN, el)) step(of, n + 1, el);
}

function setOverflow(of: Draft<PMUv3>, n: number): void {
  of.PMOVS = (of.PMOVS | bit(n)) >>> 0;
}

/** Register writes. The SET and CLR registers are views of one register: writing 0 to a bit leaves it. */

export function writePMCR(
  of: Draft<PMUv3>,
  value: { E: boolean; LC: boolean; LP: boolean; P: boolean; C: boolean },
): void {
  of.PMCR = { E: value.E, LC: value.LC, LP: value.LP && of.wide };
  // P and C reset the counters; neither touches PMOVS.
  if (value.P) of.PMEVCNTR = of.PMEVCNTR.map(() => 0n);
  if (value.C) of.PMCCNTR = 0n;
  settle(of);
}

export function writePMCNTENSET(of: Draft<PMUv3>, mask: number): void {
  of.PMCNTEN = (of.PMCNTEN | implemented(of, mask)) >>> 0;
}

export function writePMCNTENCLR(of: Draft<PMUv3>, mask: number): void {
  of.PMCNTEN = (of.PMCNTEN & ~mask) >>> 0;
}

export function writePMINTENSET(of: Draft<PMUv3>, mask: number): void {
  of.PMINTEN = (of.PMINTEN | implemented(of, mask)) >>> 0;
}

export function writePMINTENCLR(of: Draft<PMUv3>, mask: number): void {
  of.PMINTEN = (of.PMINTEN & ~mask) >>> 0;
  settle(of);
}

export function writePMOVSSET(of: Draft<PMUv3>, mask: number): void {
  of.PMOVS = (of.PMOVS | implemented(of, mask)) >>> 0;
}

export function writePMOVSCLR(of: Draft<PMUv3>, mask: number): void {
  of.PMOVS = (of.PMOVS & ~mask) >>> 0;
  settle(of);
}

export function writePMEVCNTR(of: Draft<PMUv3>, n: number, value: bigint): void {
  if (n < of.PMEVCNTR.length) of.PMEVCNTR[n] = BigInt.asUintN(of.wide ? 64 : 32, value);
}

export function writePMEVTYPER(of: Draft<PMUv3>, n: number, value: number): void {
  if (n < of.PMEVTYPER.length) of.PMEVTYPER[n] = value >>> 0;
}

export function writePMCCNTR(of: Draft<PMUv3>, value: bigint): void {
  of.PMCCNTR = BigInt.asUintN(64, value);
}

export function writePMCCFILTR(of: Draft<PMUv3>, value: number): void {
  of.PMCCFILTR = value >>> 0;
}

/** Bits of unimplemented counters are RAZ/WI. */
function implemented(of: PMUv3, mask: number): number {
  return (mask & (bit(CYCLE_COUNTER) | (bit(of.PMEVCNTR.length) - 1))) >>> 0;
}

function settle(of: Draft<PMUv3>): void {
  if (!overflowLine(of)) of.sinceRise = 0;
}
