/**
 * What a test of a real PMU expects of it, asked of the model, for each kind of PMU.
 *
 * The rules are those that arm/pmu.c of kvm-unit-tests implies (read at 1da1819e49fc, 26 June 2026), in our own words. By its
 * tests, with what asks the same here:
 *   cycle-counter                      the cycle counter
 *   event-counter-config               the registers
 *   basic-event-count                  the registers, event counters
 *   mem-access, mem-access-reliability event counters
 *   sw-incr                            software increments
 *   chained-counters, chained-sw-incr  a chained pair
 *   chain-promotion, subtests 1 to 6   promotion, in that order
 *   overflow-interrupt                 the interrupt line; with 64 bits and LP a chained pair too
 *   event-introspection, cpi           nothing: not modelled
 * Not modelled, so not asked: which events there are (PMCEID), cycles per instruction, the 32-bit view of PMCCNTR, and which
 * counters a write to PMSWINC selects (a software increment is an occurrence that each counter of its type counts).
 * That an access by PMSELR reaches the same register is asked by the driver of 5.4; how often an interrupt is taken is asked
 * in gicv3.test.ts and pe.test.ts. Here it is the line.
 */
import { describe, expect, test } from "vitest";

import {
  bit,
  BR_RETIRED,
  CHAIN,
  CPU_CYCLES,
  CYCLE_COUNTER,
  overflowLine,
} from "../../../models/arm/pmuv3.js";
import {
  ALL,
  ALL_32,
  IMPLEMENTED,
  LONG,
  LONG_LP,
  SHORT,
  Unit,
  type Kind,
} from "../../support/models/pmu-unit.js";

const SW_INCR = 0;

type Check = readonly [
  rule: string,
  ask: (unit: Unit, kind: Kind) => unknown,
  answer: (kind: Kind, unit: Unit) => unknown,
];

function each(name: string, kinds: readonly Kind[], checks: readonly Check[]): void {
  describe.each(kinds)(`${name}, $name`, (kind) => {
    test.each(checks)("%s", (_, ask, answer) => {
      const unit = new Unit(kind);
      expect(ask(unit, kind)).toEqual(answer(kind, unit));
    });
  });
}

const EVERY = [SHORT, LONG, LONG_LP];
const wrapped = (kind: Kind): bigint => (kind.width === 32 || kind.LP ? 0n : 0x1_0000_0000n);
const CYCLE = bit(CYCLE_COUNTER);

each("the cycle counter", EVERY, [
  ["counts while it is enabled", (u) => u.enable(CYCLE).run(3, CPU_CYCLES).of.PMCCNTR, () => 3n],
  ["does not count while it is not", (u) => u.run(3, CPU_CYCLES).of.PMCCNTR, () => 0n],
  ["is reset by PMCR.C", (u) => u.cycles(0xdeadn).control(false, { C: true }).of.PMCCNTR, () => 0n],
  ["is not reset by PMCR.P", (u) => u.cycles(0xdeadn).control(false, { P: true }).of.PMCCNTR, () => 0xdeadn],
  [
    "with LC = 1 passes 32 bits without a flag",
    (u) => u.enable(CYCLE).cycles(ALL_32).run(1, CPU_CYCLES).of.PMOVS,
    () => 0,
  ],
  [
    "with LC = 1 sets bit 31 as 64 bits wrap",
    (u) => u.enable(CYCLE).cycles(-1n).run(1, CPU_CYCLES).of.PMOVS,
    () => CYCLE,
  ],
  [
    "with LC = 0 sets bit 31 as 32 bits wrap",
    (u) => u.enable(CYCLE).cycles(ALL_32).control(true, { LC: false }).occur(1, CPU_CYCLES).of.PMOVS,
    () => CYCLE,
  ],
]);

each("the registers", EVERY, [
  ["PMEVTYPER holds what was written", (u) => u.types(0xea).of.PMEVTYPER[0], () => 0xea],
  ["PMEVCNTR holds what was written", (u) => u.counter(0, 0xdead_beefn).values[0], () => 0xdead_beefn],
  ["PMCNTENCLR of ones disables every counter", (u) => u.enable(ALL, ALL).of.PMCNTEN, () => 0],
  [
    "PMCNTENSET of ones enables the counters that there are",
    (u) => u.enable(ALL).of.PMCNTEN,
    () => IMPLEMENTED >>> 0,
  ],
  ["PMCNTENCLR leaves the others enabled", (u) => u.enable(ALL, ALL & ~0x3).of.PMCNTEN, () => 0x3],
  ["PMINTENCLR of ones disables every interrupt", (u) => u.interrupts(ALL).interrupts(0).of.PMINTEN, () => 0],
  [
    "PMINTENSET of ones enables those that there are",
    (u) => u.interrupts(ALL).of.PMINTEN,
    () => IMPLEMENTED >>> 0,
  ],
  ["PMCR keeps LC and LP", (u) => u.control(false).of.PMCR, ({ LP }) => ({ E: false, LC: true, LP })],
  ["PMCR.P resets event counters", (u) => u.counter(1, 7n).control(false, { P: true }).values[1], () => 0n],
  [
    "PMCR.P and PMCR.C leave the flags",
    (u) => overflowBoth(u).control(false, { P: true, C: true }).of.PMOVS,
    () => 0x3,
  ],
  ["PMOVSCLR of ones clears every flag", (u) => overflowBoth(u).clearFlags().of.PMOVS, () => 0],
]);

/** Counters 0 and 1 count one event and both overflow. */
function overflowBoth(unit: Unit): Unit {
  const { near } = unit;
  return unit.types(BR_RETIRED, BR_RETIRED).enable(0x3).counter(0, near).counter(1, near).run(20, BR_RETIRED);
}

each("event counters", EVERY, [
  [
    "stand still with PMCR.E = 0",
    (u) => u.types(BR_RETIRED).enable(ALL).occur(20, BR_RETIRED).values[0],
    () => 0n,
  ],
  [
    "of one event agree",
    (u) => u.types(BR_RETIRED, BR_RETIRED).enable(0x3).run(20, BR_RETIRED).values,
    () => [20n, 20n],
  ],
  [
    "set no flag without an overflow",
    (u) => u.types(BR_RETIRED).enable(1).run(20, BR_RETIRED).of.PMOVS,
    () => 0,
  ],
  ["of one event overflow together", (u) => overflowBoth(u).of.PMOVS, () => 0x3],
  [
    "overflow each for itself",
    (u) => u.types(CPU_CYCLES, BR_RETIRED).enable(0x3).counter(0, u.near).run(20, CPU_CYCLES).of.PMOVS,
    () => 0x1,
  ],
]);

each("software increments", EVERY, [
  [
    "change nothing with PMCR.E = 0",
    (u) => u.types(SW_INCR).enable(1).counter(0, u.near).occur(100, SW_INCR).values[0],
    (_, { near }) => near,
  ],
  [
    "go on counting above the bits that overflowed",
    (u) => u.types(SW_INCR, SW_INCR).enable(0x3).counter(0, u.near).run(100, SW_INCR).values,
    (kind) => [wrapped(kind) + 84n, 100n],
  ],
  [
    "overflow the counter that was close",
    (u) => u.types(SW_INCR, SW_INCR).enable(0x3).counter(0, u.near).run(100, SW_INCR).of.PMOVS,
    () => 0x1,
  ],
]);

/** Counter 0 counts branches, counter 1 its overflows. */
function chained(unit: Unit, low: bigint, high: bigint): Unit {
  return unit.types(BR_RETIRED, CHAIN).counter(0, low).counter(1, high).enable(0x3);
}
const NEAR_32 = ALL_32 - 15n;

each(
  "a chained pair",
  [SHORT, LONG],
  [
    ["carries into the odd counter", (u) => chained(u, NEAR_32, 0n).run(22, BR_RETIRED).values[1], () => 1n],
    ["sets the even counter's flag", (u) => chained(u, NEAR_32, 0n).run(22, BR_RETIRED).of.PMOVS, () => 0x1],
    ["carries once more", (u) => chained(u, NEAR_32, 1n).run(22, BR_RETIRED).values[1], () => 2n],
    ["wraps the odd counter", (u) => chained(u, NEAR_32, u.allOnes).run(22, BR_RETIRED).values[1], () => 0n],
    [
      "sets both flags as the odd counter wraps",
      (u) => chained(u, NEAR_32, u.allOnes).run(22, BR_RETIRED).of.PMOVS,
      () => 0x3,
    ],
    [
      "carries software increments too",
      (u) => [chained(u, NEAR_32, 0n).types(SW_INCR, CHAIN).run(100, SW_INCR).values[1], u.of.PMOVS],
      () => [1n, 0x1],
    ],
    [
      "is wrapped by them, with both flags",
      (u) => [chained(u, NEAR_32, u.allOnes).types(SW_INCR, CHAIN).run(100, SW_INCR).values[1], u.of.PMOVS],
      () => [0n, 0x3],
    ],
    [
      "lets an odd counter of 64 bits pass 32 of them, with its flag",
      (u) => [chained(u, NEAR_32, ALL_32).run(100, BR_RETIRED).values[1], u.of.PMOVS],
      (kind) => [wrapped(kind), 0x3],
    ],
  ],
);

each(
  "a chained pair",
  [LONG_LP],
  [
    [
      "does not chain at 32 bits",
      (u) => [chained(u, NEAR_32, 0n).run(22, BR_RETIRED).values[1], u.of.PMOVS],
      () => [0n, 0],
    ],
    [
      "does not chain at 64 bits",
      (u) => [chained(u, u.near, 0n).run(22, BR_RETIRED).values[1], u.of.PMOVS],
      () => [0n, 0x1],
    ],
    [
      "leaves an odd counter of ones",
      (u) => chained(u, u.near, u.allOnes).run(22, BR_RETIRED).values[1],
      (_, u) => u.allOnes,
    ],
  ],
);

each(
  "promotion",
  [SHORT, LONG],
  [
    [
      "an odd counter alone counts nothing",
      (u) => chained(u, 0n, 0n).enable(0x2).run(20, BR_RETIRED).values,
      () => [0n, 0n],
    ],
    [
      "a disabled odd counter takes no carry",
      (u) => [chained(u, NEAR_32, 0n).enable(0x1).run(20, BR_RETIRED).values[1], u.of.PMOVS],
      () => [0n, 0x1],
    ],
    [
      "chained, then not: the overflow comes after, and is not carried",
      (u) => [
        chained(u, NEAR_32, 0n).run(10, BR_RETIRED).enable(0x1).run(10, BR_RETIRED).values[1],
        u.of.PMOVS,
      ],
      () => [0n, 0x1],
    ],
    [
      "not chained, then chained: the overflow comes after, and is carried",
      (u) => [
        chained(u, NEAR_32, 0n).enable(0x1).run(10, BR_RETIRED).enable(0x3).run(10, BR_RETIRED).values[1],
        u.of.PMOVS,
      ],
      () => [1n, 0x1],
    ],
    [
      "an odd counter that counted cycles becomes the high half",
      (u) => {
        u.types(BR_RETIRED, CPU_CYCLES).enable(0x3).counter(0, NEAR_32).run(10, BR_RETIRED).enable(0);
        u.types(BR_RETIRED, CHAIN).counter(1, 0n).enable(0x3).run(10, BR_RETIRED);
        return [u.values[1], u.of.PMOVS];
      },
      () => [1n, 0x1],
    ],
    [
      "a high half that becomes a counter of cycles takes no carry",
      (u) => {
        chained(u, NEAR_32, 0n).run(10, BR_RETIRED).enable(0);
        u.types(BR_RETIRED, CPU_CYCLES).enable(0x3).run(10, BR_RETIRED);
        return [u.values[1], u.of.PMOVS];
      },
      () => [0n, 0x1],
    ],
  ],
);

each("the interrupt line", EVERY, [
  ["stays low while PMINTEN is 0", (u) => overflowing(u, 0), () => false],
  ["rises with the overflow of a counter whose interrupt is enabled", (u) => overflowing(u, 0x1), () => true],
  [
    "stays high until the flags of both counters are cleared",
    (u) => {
      overflowBoth(u).interrupts(0x3).control(true);
      return [overflowLine(u.of), overflowLine(u.clearFlags(0x1).of), overflowLine(u.clearFlags(0x2).of)];
    },
    () => [true, true, false],
  ],
  ["stays low for another counter's interrupt", (u) => overflowing(u, 0x2), () => false],
  [
    "falls when the flag is cleared",
    (u) => [overflowing(u, 0x1), overflowLine(u.clearFlags().of)],
    () => [true, false],
  ],
  ["falls with PMCR.E", (u) => [overflowing(u, 0x1), overflowLine(u.control(false).of)], () => [true, false]],
  [
    "rises when the interrupt is enabled afterwards",
    (u) => [overflowing(u, 0), overflowLine(u.interrupts(ALL).of)],
    () => [false, true],
  ],
]);

/** The line after counter 0 has overflowed, with PMCR.E still set. */
function overflowing(unit: Unit, interrupts: number): boolean {
  unit
    .types(BR_RETIRED)
    .enable(1)
    .counter(0, unit.near)
    .interrupts(interrupts)
    .control(true)
    .occur(20, BR_RETIRED);
  return overflowLine(unit.of);
}
