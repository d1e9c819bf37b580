/**
 * A PMU of the model as a test of a real one sees it: registers that are written, occurrences, and registers that are read.
 */
import { produce, type Draft } from "immer";

import { countOccurrence, type PMUv3 } from "../../../models/arm/pmuv3.js";
import * as registers from "../../../models/arm/pmuv3-registers.js";
import { resetPMUv3 } from "../../../models/arm/pmuv3-reset.js";

/** A kind of PMU: how wide its event counters are, and at which of their bits they overflow. */
export interface Kind {
  readonly name: string;
  readonly width: 32 | 64;
  readonly LP: boolean;
}

export const SHORT: Kind = { name: "counters of 32 bits", width: 32, LP: false };
export const LONG: Kind = { name: "counters of 64 bits, PMCR.LP = 0", width: 64, LP: false };
export const LONG_LP: Kind = { name: "counters of 64 bits, PMCR.LP = 1", width: 64, LP: true };

export const ALL = 0xffff_ffff;
export const ALL_32 = 0xffff_ffffn;
const COUNTERS = 4;
export const IMPLEMENTED = 0x8000_000f;

/** A PMU under test: writes change it, and what it holds is read from `of`. All is cleared at first. */
export class Unit {
  of: PMUv3;
  /** An event counter so short of its overflow; 16 occurrences away. */
  readonly near: bigint;
  readonly allOnes: bigint;
  readonly #kind: Kind;

  constructor(kind: Kind) {
    this.#kind = kind;
    this.near = (kind.LP ? 0xffff_ffff_ffff_ffffn : ALL_32) - 15n;
    this.allOnes = BigInt.asUintN(kind.width, -1n);
    const options = {
      counters: COUNTERS,
      width: kind.width,
      sync: false,
      virtual: false,
      freeRunning: false,
    };
    this.of = resetPMUv3(options);
    this.enable(0, 0).interrupts(0).clearFlags().control(false, { P: true, C: true });
  }

  write(change: (of: Draft<PMUv3>) => void): this {
    this.of = produce(this.of, (draft) => {
      change(draft);
    });
    return this;
  }

  control(E: boolean, { P = false, C = false, LC = true } = {}): this {
    return this.write((of) => registers.writePMCR(of, { E, LC, LP: this.#kind.LP, P, C }));
  }

  /** Disables all, then enables those of `set`; in the end `clear` are disabled again. */
  enable(set: number, clear = 0): this {
    return this.write((of) => {
      registers.writePMCNTENCLR(of, ALL);
      registers.writePMCNTENSET(of, set);
      registers.writePMCNTENCLR(of, clear);
    });
  }

  interrupts(mask: number): this {
    return this.write((of) => {
      registers.writePMINTENCLR(of, ALL);
      registers.writePMINTENSET(of, mask);
    });
  }

  clearFlags(mask = ALL): this {
    return this.write((of) => registers.writePMOVSCLR(of, mask));
  }

  counter(n: number, value: bigint): this {
    return this.write((of) => registers.writePMEVCNTR(of, n, value));
  }

  cycles(value: bigint): this {
    return this.write((of) => registers.writePMCCNTR(of, value));
  }

  types(...types: readonly number[]): this {
    return this.write((of) => {
      for (const [n, type] of types.entries()) registers.writePMEVTYPER(of, n, type);
    });
  }

  /** So many occurrences, with the PMU enabled for as long as they take. */
  run(times: number, event: number): this {
    this.control(true).occur(times, event);
    return this.control(false);
  }

  occur(times: number, event: number): this {
    return this.write((of) => {
      for (let i = 0; i < times; i++) countOccurrence(of, [event], 1);
    });
  }

  get values(): readonly [bigint, bigint] {
    return [this.of.PMEVCNTR[0] ?? -1n, this.of.PMEVCNTR[1] ?? -1n];
  }
}
