/**
 * The rules of the Arm ARM about the PMU, one test each; the rule's place is in the title.
 *
 * Source: Arm ARM (DDI 0487), D13.3 "Behavior on overflow", D13.3.1 "Generating overflow interrupt requests", and
 * the descriptions of the registers. `sinceRise` is no register: it is what the assumption `skid` bounds.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { produce, type Draft } from "immer";
import { describe, expect, test } from "vitest";

import {
  bit,
  BR_RETIRED,
  CHAIN,
  countOccurrence,
  counts,
  CPU_CYCLES,
  CYCLE_COUNTER,
  EXCLUDE_EL0,
  EXCLUDE_EL1,
  overflowLine,
  type PMUv3,
} from "../../../models/arm/pmuv3.js";
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
} from "../../../models/arm/pmuv3-registers.js";
import { dependsOnUnknown, losePower, resetPMUv3, unknownIn } from "../../../models/arm/pmuv3-reset.js";

type Change = (of: Draft<PMUv3>) => void;

function after(before: PMUv3, ...changes: readonly Change[]): PMUv3 {
  return changes.reduce(
    (of, change) =>
      produce(of, (draft) => {
        change(draft);
      }),
    before,
  );
}

const ENABLE = { E: true, LC: false, LP: false, P: false, C: false };
const STOP = { ...ENABLE, E: false };

const branch: Change = (of) => countOccurrence(of, [BR_RETIRED], 0);
const branchInKernel: Change = (of) => countOccurrence(of, [BR_RETIRED], 1);
const cycle: Change = (of) => countOccurrence(of, [CPU_CYCLES], 0);

const enable: Change = (of) => writePMCR(of, ENABLE);
const countBranches: Change = (of) => {
  writePMEVTYPER(of, 0, BR_RETIRED);
  writePMCNTENSET(of, bit(0));
};
const countCycles: Change = (of) => writePMCNTENSET(of, bit(CYCLE_COUNTER));

function afterReset(number: number, width: number): PMUv3 {
  return resetPMUv3({ counters: number, width, sync: false, virtual: false, freeRunning: false });
}

/** What software makes of a PMU after a reset: nothing counts, interrupts or has overflowed, and all counters are 0. */
function counters(number: number, width: number): PMUv3 {
  return after(afterReset(number, width), afresh);
}

const afresh: Change = (of) => {
  writePMCNTENCLR(of, 0xffff_ffff);
  writePMINTENCLR(of, 0xffff_ffff);
  writePMOVSCLR(of, 0xffff_ffff);
  writePMCR(of, { ...STOP, P: true, C: true });
};

/** Two 32-bit event counters, of which counter 0 counts branches. */
const running = after(counters(2, 32), enable, countBranches);
/** The same with the 64-bit counters of FEAT_PMUv3p5. */
const runningWide = after(counters(2, 64), enable, countBranches);

function withCounter(of: PMUv3, n: number, value: bigint): PMUv3 {
  return after(of, (draft) => writePMEVCNTR(draft, n, value));
}

/** Counter 0 has just wrapped; nobody is interrupted for it. */
const overflowed = after(withCounter(running, 0, 0xffff_ffffn), branch);
/** The same, and PMUIRQ is high. */
const signalling = after(overflowed, (of) => writePMINTENSET(of, bit(0)));

describe("when a counter overflows", () => {
  test("D13.3: PMOVS is set in the event in which the counter wraps, and not before", () => {
    const last = after(withCounter(running, 0, 0xffff_fffen), branch);
    expect(last).toMatchObject({ PMEVCNTR: [0xffff_ffffn, 0n], PMOVS: 0 });
    expect(after(last, branch)).toMatchObject({ PMEVCNTR: [0n, 0n], PMOVS: bit(0) });
  });

  test("D13.3: without FEAT_PMUv3p5 an event counter has 32 bits", () => {
    expect(withCounter(running, 0, 0x1_0000_0002n).PMEVCNTR[0]).toBe(2n);
  });

  test("D13.3: with FEAT_PMUv3p5 and PMCR.LP = 0 bits 31:0 overflow, and the counter goes on to bit 32", () => {
    const wrapped = after(withCounter(runningWide, 0, 0xffff_ffffn), branch);
    expect(wrapped).toMatchObject({ PMEVCNTR: [0x1_0000_0000n, 0n], PMOVS: bit(0) });
  });

  test("D13.3: with FEAT_PMUv3p5 and PMCR.LP = 1 only bits 63:0 overflow", () => {
    const long = after(runningWide, (of) => writePMCR(of, { ...ENABLE, LP: true }));
    const carried = after(withCounter(long, 0, 0xffff_ffffn), branch);
    const wrapped = after(withCounter(long, 0, 0xffff_ffff_ffff_ffffn), branch);
    expect(carried).toMatchObject({ PMEVCNTR: [0x1_0000_0000n, 0n], PMOVS: 0 });
    expect(wrapped).toMatchObject({ PMEVCNTR: [0n, 0n], PMOVS: bit(0) });
  });

  test("PMCR_EL0: LP is RES0 without FEAT_PMUv3p5", () => {
    const written = after(running, (of) => writePMCR(of, { ...ENABLE, LP: true }));
    expect(written.PMCR.LP).toBe(false);
  });

  test("D13.3: with PMCR.LC = 0 the cycle counter overflows at 32 of its 64 bits", () => {
    const last = after(running, countCycles, (of) => writePMCCNTR(of, 0xffff_ffffn));
    expect(after(last, cycle)).toMatchObject({ PMCCNTR: 0x1_0000_0000n, PMOVS: bit(CYCLE_COUNTER) });
  });

  test("D13.3: with PMCR.LC = 1 the cycle counter overflows at 64 bits only", () => {
    const long = after(running, countCycles, (of) => writePMCR(of, { ...ENABLE, LC: true }));
    const carried = after(long, (of) => writePMCCNTR(of, 0xffff_ffffn), cycle);
    const wrapped = after(long, (of) => writePMCCNTR(of, 0xffff_ffff_ffff_ffffn), cycle);
    expect(carried).toMatchObject({ PMCCNTR: 0x1_0000_0000n, PMOVS: 0 });
    expect(wrapped).toMatchObject({ PMCCNTR: 0n, PMOVS: bit(CYCLE_COUNTER) });
  });
});

/** What software and hardware can do to a PMU, as data so that fast-check can print it. */
type Step =
  | { readonly write: keyof typeof MASK_WRITES; readonly mask: number }
  | { readonly PMCR: Readonly<Record<"E" | "LC" | "LP" | "P" | "C", boolean>> }
  | { readonly PMEVCNTR0: bigint }
  | { readonly occurs: number; readonly el: 0 | 1 };

const MASK_WRITES = {
  PMCNTENSET: writePMCNTENSET,
  PMCNTENCLR: writePMCNTENCLR,
  PMINTENSET: writePMINTENSET,
  PMINTENCLR: writePMINTENCLR,
  PMOVSSET: writePMOVSSET,
  PMOVSCLR: writePMOVSCLR,
};

const masks = fc.integer({ min: 0, max: 0xffff_ffff });
const flag = fc.boolean();

function steps(registers: readonly (keyof typeof MASK_WRITES)[]): fc.Arbitrary<Step[]> {
  return fc.array(
    fc.oneof(
      fc.record({ write: fc.constantFrom(...registers), mask: masks }),
      fc.record({ PMCR: fc.record({ E: flag, LC: flag, LP: flag, P: flag, C: flag }) }),
      fc.record({ PMEVCNTR0: fc.bigInt({ min: 0xffff_fffcn, max: 0xffff_ffffn }) }),
      fc.record({ occurs: fc.constantFrom(BR_RETIRED, CPU_CYCLES), el: fc.constantFrom<0 | 1>(0, 1) }),
    ),
  );
}

function take(step: Step): Change {
  return (of) => {
    if ("write" in step) MASK_WRITES[step.write](of, step.mask);
    else if ("PMCR" in step) writePMCR(of, step.PMCR);
    else if ("occurs" in step) countOccurrence(of, [step.occurs], step.el);
    else writePMEVCNTR(of, 0, step.PMEVCNTR0);
  };
}

describe("the overflow flag", () => {
  test("D13.3: it stays set while the counter goes on, and a second overflow is the same bit", () => {
    const on = after(overflowed, branch, branch);
    expect(on).toMatchObject({ PMEVCNTR: [2n, 0n], PMOVS: bit(0) });
    expect(after(withCounter(on, 0, 0xffff_ffffn), branch).PMOVS).toBe(bit(0));
  });

  test("PMOVSCLR_EL0: writing 1 clears a flag, writing 0 leaves it", () => {
    const both = after(overflowed, (of) => writePMOVSSET(of, bit(1)));
    expect(after(both, (of) => writePMOVSCLR(of, bit(0))).PMOVS).toBe(bit(1));
    expect(after(both, (of) => writePMOVSCLR(of, 0)).PMOVS).toBe(bit(0) | bit(1));
  });

  test.each<[string, Change]>([
    ["disabling the counter", (of) => writePMCNTENCLR(of, bit(0))],
    ["disabling its interrupt", (of) => writePMINTENCLR(of, bit(0))],
    ["PMCR.E = 0", (of) => writePMCR(of, STOP)],
    ["PMCR.P", (of) => writePMCR(of, { ...ENABLE, P: true })],
    ["PMCR.C", (of) => writePMCR(of, { ...ENABLE, C: true })],
    ["writing the counter", (of) => writePMEVCNTR(of, 0, 0n)],
    ["reprogramming the counter", (of) => writePMEVTYPER(of, 0, CPU_CYCLES)],
  ])("D13.3: %s does not clear it", (_, change) => {
    expect(after(signalling, change).PMOVS).toBe(bit(0));
  });

  prop.prop([steps(["PMCNTENSET", "PMCNTENCLR", "PMINTENSET", "PMINTENCLR", "PMOVSSET"])])(
    "D13.3: nothing but PMOVSCLR clears it, in any order of events and other register writes",
    (sequence) => {
      const latched = after(running, countCycles, (of) => writePMOVSSET(of, bit(0) | bit(CYCLE_COUNTER)));
      const { PMOVS } = after(latched, ...sequence.map(take));
      expect(latched.PMOVS & ~PMOVS).toBe(0);
    },
  );

  test("PMOVSSET_EL0: software sets a flag, and the line rises as if the counter had overflowed", () => {
    const armed = after(running, (of) => writePMINTENSET(of, bit(1)));
    const set = after(armed, (of) => writePMOVSSET(of, bit(1)));
    expect([overflowLine(armed), overflowLine(set)]).toEqual([false, true]);
  });
});

describe("the interrupt request", () => {
  test("D13.3.1: PMUIRQ is asserted iff some counter has E and PMOVS and PMINTEN; PMCNTEN is no term", () => {
    const implemented = [0, 1, CYCLE_COUNTER];
    const subsets = implemented.reduce((sets, n) => [...sets, ...sets.map((set) => set | bit(n))], [0]);
    const all = [false, true].flatMap((E) =>
      subsets.flatMap((PMOVS) =>
        subsets.flatMap((PMINTEN) =>
          subsets.map((PMCNTEN) => ({ ...running, PMCR: { ...running.PMCR, E }, PMOVS, PMINTEN, PMCNTEN })),
        ),
      ),
    );
    const asserted = ({ PMCR, PMOVS, PMINTEN }: PMUv3) =>
      implemented.some((n) => PMCR.E && (PMOVS & bit(n)) !== 0 && (PMINTEN & bit(n)) !== 0);
    expect(all).toHaveLength(2 * 8 * 8 * 8);
    expect(all.filter((of) => overflowLine(of) !== asserted(of))).toEqual([]);
  });

  test.each<[string, Change, Change]>([
    ["PMCR.E", (of) => writePMCR(of, STOP), enable],
    ["PMINTEN", (of) => writePMINTENCLR(of, bit(0)), (of) => writePMINTENSET(of, bit(0))],
  ])(
    "D13.3.1: clearing %s drops the line and leaves the flag; setting it raises the line",
    (_, clear, set) => {
      const low = after(signalling, clear);
      expect(overflowLine(signalling)).toBe(true);
      expect(low.PMOVS).toBe(bit(0));
      expect(overflowLine(low)).toBe(false);
      expect(overflowLine(after(low, set))).toBe(true);
    },
  );

  test("D13.3.1: clearing PMCNTEN stops the counter and leaves the line high", () => {
    const stopped = after(signalling, (of) => writePMCNTENCLR(of, bit(0)), branch);
    expect(stopped.PMEVCNTR[0]).toBe(0n);
    expect(overflowLine(stopped)).toBe(true);
  });

  test("D13.3.1: software withdraws the request by clearing the flag", () => {
    const cleared = after(signalling, (of) => writePMOVSCLR(of, bit(0)));
    expect(overflowLine(cleared)).toBe(false);
    expect(overflowLine(after(cleared, (of) => writePMCR(of, STOP), enable))).toBe(false);
  });
});

describe("registers with a SET and a CLR view", () => {
  const IMPLEMENTED = (bit(0) | bit(1) | bit(CYCLE_COUNTER)) >>> 0;

  describe.each([
    ["PMCNTEN", writePMCNTENSET, writePMCNTENCLR],
    ["PMINTEN", writePMINTENSET, writePMINTENCLR],
    ["PMOVS", writePMOVSSET, writePMOVSCLR],
  ] as const)("%s", (register, set, clear) => {
    const read = (of: PMUv3, ...changes: readonly Change[]) => after(of, ...changes)[register];

    prop.prop([masks, masks])(
      `${register}SET, ${register}CLR: ones set and clear, zeros change nothing`,
      (first, second) => {
        const were = (first & IMPLEMENTED) >>> 0;
        const before: PMUv3 = { ...running, [register]: were };
        expect(read(before, (of) => set(of, second))).toBe(((were | second) & IMPLEMENTED) >>> 0);
        expect(read(before, (of) => clear(of, second))).toBe((were & ~second) >>> 0);
      },
    );

    test(`${register}SET: bits of unimplemented counters are RAZ/WI`, () => {
      expect(read(running, (of) => set(of, 0xffff_ffff))).toBe(IMPLEMENTED);
    });
  });
});

describe("what is counted", () => {
  test("PMEVTYPER_EL0: every counter that is programmed for the event counts it, no other does", () => {
    const both = after(running, (of) => {
      writePMEVTYPER(of, 1, BR_RETIRED);
      writePMCNTENSET(of, bit(1));
    });
    expect(after(both, branch).PMEVCNTR).toEqual([1n, 1n]);
    expect(after(both, cycle).PMEVCNTR).toEqual([0n, 0n]);
  });

  test("PMCCNTR_EL0: counts cycles, as an event counter programmed for CPU_CYCLES does", () => {
    const both = after(running, countCycles, (of) => writePMEVTYPER(of, 0, CPU_CYCLES));
    expect(after(both, cycle)).toMatchObject({ PMCCNTR: 1n, PMEVCNTR: [1n, 0n] });
    expect(after(both, branch)).toMatchObject({ PMCCNTR: 0n, PMEVCNTR: [0n, 0n] });
  });

  test.each<[string, Change]>([
    ["PMCR.E = 0 stops every counter", (of) => writePMCR(of, STOP)],
    ["PMCNTENCLR stops the counter", (of) => writePMCNTENCLR(of, bit(0) | bit(CYCLE_COUNTER))],
  ])("PMCR_EL0, PMCNTENCLR_EL0: %s", (_, stop) => {
    const stopped = after(running, countCycles, stop);
    expect(counts(stopped, [BR_RETIRED], 0)).toBe(false);
    expect(after(stopped, branch, cycle)).toMatchObject({ PMEVCNTR: [0n, 0n], PMCCNTR: 0n });
  });

  test.each<[string, number, bigint, bigint]>([
    ["no filter", 0, 1n, 1n],
    ["P", EXCLUDE_EL1, 1n, 0n],
    ["U", EXCLUDE_EL0, 0n, 1n],
    ["P and U", EXCLUDE_EL0 | EXCLUDE_EL1, 0n, 0n],
  ])("PMEVTYPER_EL0, PMCCFILTR_EL0: %s", (_, filter, atEL0, atEL1) => {
    const filtered = after(running, countCycles, (of) => {
      writePMEVTYPER(of, 0, filter | BR_RETIRED);
      writePMCCFILTR(of, filter);
    });
    const cycleInKernel: Change = (of) => countOccurrence(of, [CPU_CYCLES], 1);
    expect(after(filtered, branch, cycle)).toMatchObject({ PMEVCNTR: [atEL0, 0n], PMCCNTR: atEL0 });
    expect(after(filtered, branchInKernel, cycleInKernel)).toMatchObject({
      PMEVCNTR: [atEL1, 0n],
      PMCCNTR: atEL1,
    });
  });

  test("PMCR_EL0: P zeroes the event counters and C the cycle counter, each leaving the other", () => {
    const counted = after(running, countCycles, branch, cycle);
    const reset = (bits: object) => after(counted, (of) => writePMCR(of, { ...ENABLE, ...bits }));
    expect(counted).toMatchObject({ PMEVCNTR: [1n, 0n], PMCCNTR: 1n });
    expect(reset({ P: true })).toMatchObject({ PMEVCNTR: [0n, 0n], PMCCNTR: 1n });
    expect(reset({ C: true })).toMatchObject({ PMEVCNTR: [1n, 0n], PMCCNTR: 0n });
  });
});

describe("the event CHAIN", () => {
  const chained = after(running, (of) => {
    writePMEVTYPER(of, 1, CHAIN);
    writePMCNTENSET(of, bit(1));
  });

  test("CHAIN: the odd counter steps by one when the even counter below it wraps, and only then", () => {
    const wrapped = after(withCounter(chained, 0, 0xffff_ffffn), branch);
    expect(wrapped).toMatchObject({ PMEVCNTR: [0n, 1n], PMOVS: bit(0) });
    expect(after(wrapped, branch).PMEVCNTR).toEqual([1n, 1n]);
  });

  test("CHAIN: the wrap of the pair sets both flags in the same event", () => {
    const last = withCounter(withCounter(chained, 0, 0xffff_ffffn), 1, 0xffff_ffffn);
    expect(after(last, branch)).toMatchObject({ PMEVCNTR: [0n, 0n], PMOVS: bit(0) | bit(1) });
  });

  test.each<[string, Change]>([
    ["is disabled", (of) => writePMCNTENCLR(of, bit(1))],
    ["counts another event", (of) => writePMEVTYPER(of, 1, CPU_CYCLES)],
    ["excludes the Exception level itself", (of) => writePMEVTYPER(of, 1, (CHAIN | EXCLUDE_EL0) >>> 0)],
  ])("CHAIN: the odd counter does not step if it %s", (_, change) => {
    const wrapped = after(withCounter(chained, 0, 0xffff_ffffn), change, branch);
    expect(wrapped).toMatchObject({ PMEVCNTR: [0n, 0n], PMOVS: bit(0) });
  });

  test("CHAIN: a counter that overflows at 64 bits generates no CHAIN event", () => {
    const long = after(runningWide, (of) => {
      writePMCR(of, { ...ENABLE, LP: true });
      writePMEVTYPER(of, 1, CHAIN);
      writePMCNTENSET(of, bit(1));
    });
    expect(after(withCounter(long, 0, 0xffff_ffff_ffff_ffffn), branch).PMEVCNTR).toEqual([0n, 0n]);
  });

  test("CHAIN: the wrap of an odd counter steps nothing", () => {
    const three = after(counters(3, 32), enable, (of) => {
      writePMEVTYPER(of, 1, BR_RETIRED);
      writePMEVTYPER(of, 2, CHAIN);
      writePMCNTENSET(of, bit(1) | bit(2));
    });
    expect(after(withCounter(three, 1, 0xffff_ffffn), branch).PMEVCNTR).toEqual([0n, 0n, 0n]);
  });
});

describe("reset", () => {
  const reset = afterReset(2, 64);

  test("PMCR_EL0.E is 0 after it: nothing counts and nothing interrupts, whatever the other registers hold", () => {
    expect(reset.PMCR.E).toBe(false);
    expect(overflowLine(reset)).toBe(false);
    expect(counts(reset, [BR_RETIRED, CPU_CYCLES], 0)).toBe(false);
    expect(dependsOnUnknown(reset)).toBeUndefined();
  });

  test.each(["PMCR", "PMCNTEN", "PMINTEN", "PMOVS", "PMCCNTR", 0, 1] as const)(
    "%s is UNKNOWN after it, and known when software has cleared it",
    (register) => {
      expect(unknownIn(reset, register)).toBe(true);
      expect(unknownIn(after(reset, afresh), register)).toBe(false);
    },
  );

  const all = 0xffff_ffff;
  const writes: Readonly<Record<string, Change>> = {
    "PMCR.LC, PMCR.LP": (of) => writePMCR(of, ENABLE),
    PMCNTEN: (of) => writePMCNTENCLR(of, all),
    PMOVS: (of) => writePMOVSCLR(of, all),
    PMINTEN: (of) => writePMINTENSET(of, bit(0)),
  };

  test.each(["PMCNTEN", "PMOVS"])(
    "an enabled PMU depends on an UNKNOWN %s, if that alone is left",
    (left) => {
      const others = Object.entries(writes).flatMap(([name, change]) => (name === left ? [] : [change]));
      expect(dependsOnUnknown(after(reset, ...others, enable))).toBe(left);
    },
  );

  test("of PMOVS and PMINTEN the one decides nothing where the other is known to be 0", () => {
    const disabled = after(reset, (of) => {
      writePMCNTENCLR(of, all);
      writePMINTENCLR(of, all);
      writePMCR(of, ENABLE);
    });
    expect(dependsOnUnknown(disabled)).toBeUndefined();
    expect(dependsOnUnknown(after(disabled, (of) => writePMINTENSET(of, bit(1))))).toBe("PMOVS");
  });

  test("a counter that is enabled needs a known type and a known value, others need none", () => {
    const usable = after(reset, afresh, enable);
    const enabled = after(usable, (of) => writePMCNTENSET(of, bit(1)));
    expect(dependsOnUnknown(usable)).toBeUndefined();
    expect(dependsOnUnknown(enabled)).toBe("PMEVTYPER");
    expect(dependsOnUnknown(after(enabled, (of) => writePMEVTYPER(of, 1, BR_RETIRED)))).toBeUndefined();
  });

  test("a PE that loses power is reset: what software had cleared is UNKNOWN again", () => {
    const back = after(runningWide, (of) => losePower(of));
    expect(back).toEqual(afterReset(2, 64));
  });
});

describe("sinceRise", () => {
  test("skid: counts events at EL0 while the line is high, beginning after the one that raised it", () => {
    const armed = after(withCounter(running, 0, 0xffff_ffffn), (of) => writePMINTENSET(of, bit(0)));
    const risen = after(armed, branch);
    expect([overflowLine(risen), risen.sinceRise]).toEqual([true, 0]);
    expect(after(risen, branch, branchInKernel, branch).sinceRise).toBe(2);
  });

  test.each<[string, Change]>([
    ["PMOVSCLR", (of) => writePMOVSCLR(of, bit(0))],
    ["PMINTENCLR", (of) => writePMINTENCLR(of, bit(0))],
    ["PMCR.E = 0", (of) => writePMCR(of, STOP)],
  ])("skid: %s drops the line and sinceRise with it", (_, drop) => {
    const late = after(signalling, branch);
    expect(late.sinceRise).toBe(1);
    expect(after(late, drop).sinceRise).toBe(0);
  });

  prop.prop([steps(["PMCNTENSET", "PMCNTENCLR", "PMINTENSET", "PMINTENCLR", "PMOVSSET", "PMOVSCLR"])])(
    "skid: it is zero whenever the line is low, in any order of events and register writes",
    (sequence) => {
      let of = after(signalling, countCycles);
      for (const step of sequence) {
        of = after(of, take(step));
        expect(overflowLine(of) || of.sinceRise === 0).toBe(true);
      }
    },
  );
});
