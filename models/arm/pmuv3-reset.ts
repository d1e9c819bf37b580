/**
 * PMUv3: what a reset of the PE leaves in the registers, and who depends on it.
 *
 * Source: Arm ARM (DDI 0487), the field descriptions of each register, "Reset behavior: on a Warm reset, this field resets
 * to ...":
 *
 *   PMCR_EL0.E                                       0
 *   PMCR_EL0.LC, PMCR_EL0.LP                         UNKNOWN
 *   PMCNTENSET_EL0, PMCNTENCLR_EL0                   UNKNOWN
 *   PMINTENSET_EL1, PMINTENCLR_EL1                   UNKNOWN
 *   PMOVSSET_EL0, PMOVSCLR_EL0                       UNKNOWN
 *   PMEVCNTR<n>_EL0, PMCCNTR_EL0                     UNKNOWN
 *   PMEVTYPER<n>_EL0, PMCCFILTR_EL0                  UNKNOWN (AArch32 PMCCFILTR: 0)
 *   PMSELR_EL0                                       UNKNOWN
 *
 * An UNKNOWN bit has one value in the model, the one that does most harm: enabled, overflowed, about to overflow. Beside it
 * the model keeps which bits are UNKNOWN, and says so when one matters (`unknownIn`, `dependsOnUnknown`). So a driver that
 * resets its PMU has as many states as with registers of zeros, and one that forgets a register is found out whatever the
 * value.
 * Not followed: PMSELR_EL0, which Linux writes before each use. What is said of PMEVTYPER is 0, which counts nothing here.
 */
import type { Draft } from "immer";

import { bit, CYCLE_COUNTER, settle, synchronise, type PMUv3, type Unknown } from "./pmuv3.js";

export interface PMUOptions {
  /** Event counters (PMCR_EL0.N). */
  readonly counters: number;
  readonly width: number;
  readonly sync: boolean;
  readonly virtual: boolean;
  readonly freeRunning: boolean;
}

/** The registers after a Warm reset. */
export function resetPMUv3({ counters, width, sync, virtual, freeRunning }: PMUOptions): PMUv3 {
  const all = (bit(CYCLE_COUNTER) | (bit(counters) - 1)) >>> 0;
  return {
    PMCR: { E: false, LC: false, LP: false },
    PMCNTEN: all,
    PMINTEN: all,
    PMOVS: all,
    PMEVCNTR: Array.from({ length: counters }, () => BigInt.asUintN(width, -1n)),
    PMEVTYPER: Array.from({ length: counters }, () => 0),
    PMCCNTR: BigInt.asUintN(64, -1n),
    PMCCFILTR: 0,
    PMSELR: 0,
    width,
    sinceRise: 0,
    unseen: 0,
    effective: sync ? { E: false, PMCNTEN: all, PMINTEN: all } : null,
    host: virtual ? 0 : null,
    started: freeRunning ? 0 : null,
    unknown: everything(all),
  };
}

function everything(all: number): Unknown {
  return { PMCR: true, PMCNTEN: all, PMINTEN: all, PMOVS: all, counter: all, type: all, reliedOn: null };
}

/** The PE loses power and gets it back: a Warm reset. */
export function losePower(of: Draft<PMUv3>): void {
  Object.assign(
    of,
    resetPMUv3({
      counters: of.PMEVCNTR.length,
      width: of.width,
      sync: of.effective !== null,
      virtual: of.host !== null,
      freeRunning: of.started !== null,
    }),
  );
  synchronise(of);
  settle(of);
}

/** The registers of which a read returns an UNKNOWN bit. */
export type Readable = "PMCR" | "PMCNTEN" | "PMINTEN" | "PMOVS" | "PMCCNTR" | number;

/** Does a read of the register return a bit that is UNKNOWN? A number is an event counter's. */
export function unknownIn({ unknown }: PMUv3, register: Readable): boolean {
  if (register === "PMCCNTR") return (unknown.counter & bit(CYCLE_COUNTER)) !== 0;
  if (typeof register === "number") return (unknown.counter & bit(register)) !== 0;
  return Number(unknown[register]) !== 0;
}

/**
 * The UNKNOWN register that decides what the PMU does now, counting or interrupting; undefined if all is known that matters,
 * as nothing does while PMCR.E is 0.
 */
export function dependsOnUnknown(of: PMUv3): string | undefined {
  const { PMCR, PMCNTEN, PMINTEN, PMOVS, unknown } = of;
  if (!PMCR.E) return undefined;
  if (unknown.PMCR) return "PMCR.LC, PMCR.LP";
  if (unknown.PMCNTEN !== 0) return "PMCNTEN";
  // The one decides only where the other is not known to be 0.
  const asserted = (PMOVS | unknown.PMOVS) & (PMINTEN | unknown.PMINTEN);
  if ((asserted & unknown.PMOVS) !== 0) return "PMOVS";
  if ((asserted & unknown.PMINTEN) !== 0) return "PMINTEN";
  if ((PMCNTEN & unknown.type) !== 0) return "PMEVTYPER";
  return (PMCNTEN & unknown.counter) !== 0 ? "PMEVCNTR" : undefined;
}
