/**
 * PMUv3: the Performance Monitors Extension of one PE.
 *
 * Source: Arm ARM (DDI 0487), chapter "The Performance Monitors Extension", above all D13.3 "Behavior on
 * overflow" and D13.3.1 "Generating overflow interrupt requests"; the register descriptions of PMCR_EL0,
 * PMCNTENSET/CLR_EL0, PMINTENSET/CLR_EL1, PMOVSSET/CLR_EL0, PMEVCNTR<n>_EL0, PMEVTYPER<n>_EL0, PMCCNTR_EL0.
 * Not modelled: HPMN and the EL2 half of the counters; PMUSERENR, PMSWINC, external access; PMU exceptions (EBEP) and
 *   snapshots; thresholds; the instruction counter.
 * Over-approximated: a counted event may happen between any two kernel accesses, whatever the pipeline would do.
 * Registers are written in pmuv3-registers.ts, and reset in pmuv3-reset.ts.
 * Options: a virtual PMU (`host`), writes that act late (`effective`), counters that cannot be stopped (`started`), and
 *   counters of fewer than 32 bits, so that their wrap can be reached.
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
  /** The counter that PMXEVCNTR and PMXEVTYPER stand for. */
  readonly PMSELR: number;
  /** Bits of an event counter: 32, or 64 with FEAT_PMUv3p5. */
  readonly width: number;
  /** Events counted at EL0 since PMUIRQ rose: what the assumption `skid` bounds. Zero while the line is low. */
  readonly sinceRise: number;
  /** Kernel steps since PMUIRQ rose unseen by the GIC: what the assumption `lag` bounds. */
  readonly unseen: number;
  /** What the hardware acts on while writes have not become visible; null if they are visible at once. */
  readonly effective: Enables | null;
  /** A virtual PMU: counters that overflowed in the host, whose PMOVS bit is not set yet; null for a real PMU. */
  readonly host: number | null;
  /** Counters that were ever started, if they cannot be stopped; null if they can. */
  readonly started: number | null;
  readonly unknown: Unknown;
}

/**
 * Which register bits are UNKNOWN: since the last reset nobody has written them. Hardware does not know this; it is kept so
 * that a driver which depends on such a bit is found out.
 */
export interface Unknown {
  /** LC and LP. */
  readonly PMCR: boolean;
  readonly PMCNTEN: number;
  readonly PMINTEN: number;
  readonly PMOVS: number;
  /** Bit n: the value of counter n. */
  readonly counter: number;
  /** Bit n: what counter n counts, PMEVTYPER<n> or PMCCFILTR. */
  readonly type: number;
  /** The register that was UNKNOWN when the PMU or software first relied on it; null if none was. */
  readonly reliedOn: string | null;
}

/** The enables whose writes may act late. */
export interface Enables {
  readonly E: boolean;
  readonly PMCNTEN: number;
  readonly PMINTEN: number;
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
export const EVTCOUNT_MASK = 0xffff;

/** Bit n as an unsigned 32-bit mask. */
export function bit(n: number): number {
  return (1 << n) >>> 0;
}

/** The bits of the counters that are implemented. */
export function allBits(of: PMUv3): number {
  return (bit(CYCLE_COUNTER) | (bit(of.PMEVCNTR.length) - 1)) >>> 0;
}

function enables(of: PMUv3): Enables {
  return of.effective ?? { E: of.PMCR.E, PMCNTEN: of.PMCNTEN, PMINTEN: of.PMINTEN };
}

/**
 * PMUIRQ: asserted while some counter n has E and PMOVS[n] and PMINTEN[n] (D13.3.1).
 * PMCNTEN is not a term: a counter that was stopped after it overflowed still asserts the line.
 */
export function overflowLine(of: PMUv3): boolean {
  const { E, PMINTEN } = enables(of);
  return E && (of.PMOVS & PMINTEN) !== 0;
}

/** Is an overflow on its way to the interrupt controller, whether or not the line shows it yet? */
export function overflowing(of: PMUv3): boolean {
  return overflowLine(of) || (of.host ?? 0) !== 0;
}

/** Would an occurrence of one of these events at this Exception level be counted by any counter? */
export function counts(of: PMUv3, evtCounts: readonly number[], el: 0 | 1): boolean {
  return allCounters(of).some((n) => runs(of, n) && selects(of, n, evtCounts, el));
}

/** Would it be counted by a counter that software has enabled? (A free-running one counts unasked.) */
export function countsEnabled(of: PMUv3, evtCount: number, el: 0 | 1): boolean {
  return allCounters(of).some((n) => isEnabled(of, n) && selects(of, n, [evtCount], el));
}

/** One occurrence of each of these events: every counter that counts one of them steps by one. */
export function countOccurrence(of: Draft<PMUv3>, evtCounts: readonly number[], el: 0 | 1): void {
  const counting = allCounters(of).filter((n) => runs(of, n) && selects(of, n, evtCounts, el));
  if (counting.length > 0 && overflowing(of) && el === 0) of.sinceRise += 1;
  for (const n of counting) step(of, n, el);
}

function allCounters(of: PMUv3): number[] {
  return [...of.PMEVTYPER.keys(), CYCLE_COUNTER];
}

function isEnabled(of: PMUv3, n: number): boolean {
  const { E, PMCNTEN } = enables(of);
  return E && (PMCNTEN & bit(n)) !== 0;
}

function runs(of: PMUv3, n: number): boolean {
  return isEnabled(of, n) || ((of.started ?? 0) & bit(n)) !== 0;
}

/** Is counter n programmed to count one of the events, and not excluded from this Exception level? */
function selects(of: PMUv3, n: number, evtCounts: readonly number[], el: 0 | 1): boolean {
  const type = n === CYCLE_COUNTER ? of.PMCCFILTR : (of.PMEVTYPER[n] ?? 0);
  const counted = n === CYCLE_COUNTER ? CPU_CYCLES : type & EVTCOUNT_MASK;
  return evtCounts.includes(counted) && (type & (el === 0 ? EXCLUDE_EL0 : EXCLUDE_EL1)) === 0;
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
  const value = BigInt.asUintN(of.width, (of.PMEVCNTR[n] ?? 0n) + 1n);
  of.PMEVCNTR[n] = value;
  if (BigInt.asUintN(of.width === 64 && !of.PMCR.LP ? 32 : of.width, value) !== 0n) return;
  setOverflow(of, n);
  const above = n + 1;
  const chains = n % 2 === 0 && !of.PMCR.LP && above < of.PMEVCNTR.length;
  if (chains && runs(of, above) && selects(of, above, [CHAIN], el)) step(of, above, el);
}

function setOverflow(of: Draft<PMUv3>, n: number): void {
  if (of.host === null) of.PMOVS = (of.PMOVS | bit(n)) >>> 0;
  else of.host = (of.host | bit(n)) >>> 0;
}

/** A virtual PMU: the host has handled its own overflow interrupt and now shows the flags to the guest. */
export function hostSetsFlags(of: Draft<PMUv3>): void {
  of.PMOVS = (of.PMOVS | (of.host ?? 0)) >>> 0;
  of.host = 0;
}

/** Context synchronisation: all writes are visible. */
export function synchronise(of: Draft<PMUv3>): void {
  if (of.effective === null) return;
  of.effective = { E: of.PMCR.E, PMCNTEN: of.PMCNTEN, PMINTEN: of.PMINTEN };
  settle(of);
}

/** The enables whose last write is not visible yet. */
export function invisible({ effective, PMCR, PMCNTEN, PMINTEN }: PMUv3): readonly (keyof Enables)[] {
  if (effective === null) return [];
  const written: Enables = { E: PMCR.E, PMCNTEN, PMINTEN };
  return (["E", "PMCNTEN", "PMINTEN"] as const).filter((name) => effective[name] !== written[name]);
}

/** One of them becomes visible by itself. */
export function becomeVisible(of: Draft<PMUv3>, name: keyof Enables): void {
  if (of.effective === null) return;
  const written: Enables = { E: of.PMCR.E, PMCNTEN: of.PMCNTEN, PMINTEN: of.PMINTEN };
  of.effective = { ...of.effective, [name]: written[name] };
  settle(of);
}

/** The bookkeeping of the assumptions `skid` and `lag`, after a change of what asserts PMUIRQ. */
export function settle(of: Draft<PMUv3>): void {
  if (!overflowing(of)) of.sinceRise = 0;
  if (!overflowLine(of)) of.unseen = 0;
}
