/**
 * The driver's functions one at a time: the arithmetic of periods, and the exact order of register accesses.
 *
 * Source: drivers/perf/arm_pmu.c and arm_pmuv3.c as of November 2023 (Linux 6.5 to 6.7), retold as facts; the
 * expected values are worked out from those facts, not from the models.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { pmu } from "../../../../../models/arm/pmuv3.js";
import { truth } from "../../../../../models/ground-truth.js";
import {
  armpmu_event_set_period,
  armpmu_event_update,
} from "../../../../../models/linux/drivers/perf/arm_pmu.js";
import {
  armv8pmu_clear_event_idx,
  armv8pmu_disable_event,
  armv8pmu_enable_event,
  armv8pmu_event_needs_bias,
  armv8pmu_get_event_idx,
  armv8pmu_getreset_flags,
  armv8pmu_read_counter,
  armv8pmu_start,
  armv8pmu_stop,
  armv8pmu_write_counter,
} from "../../../../../models/linux/drivers/perf/arm_pmuv3.js";
import { EAGAIN, perCpuData, perfEvent } from "../../../../../models/linux/structs.js";
import type { View } from "../../../../../src/spec/component.js";
import type { KernelFunction } from "../../../../../src/spec/kernel-function.js";
import type { Value } from "../../../../../src/spec/value.js";
import { runKernelFunction } from "../../../../support/models/run-kernel-function.js";

/** The kinds of events by where they are counted, as settings of the scenario. */
const KINDS = {
  /** A 32-bit event on a 32-bit counter. */
  plain: {},
  /** A 64-bit event on a 64-bit counter (FEAT_PMUv3p5). */
  long: { long: "1", pmuv3p5: "1" },
  /** A 64-bit event on two 32-bit counters: counter 1 above counter 0. */
  chained: { long: "1", counters: "2" },
  /** A 32-bit event on a 64-bit counter. */
  biased: { pmuv3p5: "1" },
  /** A 32-bit event on the cycle counter. */
  cycles: { event: "cycles" },
  /** A 64-bit event on the cycle counter. */
  longCycles: { event: "cycles", long: "1" },
} as const;

type Kind = keyof typeof KINDS;

const TWO_TO_32 = 1n << 32n;
const TWO_TO_64 = 1n << 64n;

function setPeriod(kind: "plain" | "long", left: bigint, period: bigint) {
  const { returned, after } = runKernelFunction(armpmu_event_set_period, ["A"], {
    settings: KINDS[kind],
    prepare: (view) =>
      view.update(perfEvent("A"), ({ hw }) => {
        hw.period_left = left;
        hw.sample_period = period;
        hw.last_period = 0n;
      }),
  });
  const { period_left, last_period, prev_count } = after.read(perfEvent("A")).hw;
  return { returned, period_left, last_period, prev_count, counter: after.read(pmu(0)).PMEVCNTR[0] };
}

describe("armpmu_event_set_period", () => {
  test.each<[kind: "plain" | "long", left: bigint, period: bigint, ret: number, period_left: bigint]>([
    ["plain", 4n, 4n, 0, 4n],
    ["plain", 1n, 4n, 0, 1n],
    // Nothing left is a whole period done.
    ["plain", 0n, 4n, 1, 4n],
    ["plain", -1n, 4n, 1, 3n],
    ["plain", -3n, 4n, 1, 1n],
    // Two periods or more behind: one report, and no remainder.
    ["plain", -4n, 4n, 1, 4n],
    ["plain", -5n, 4n, 1, 4n],
    ["plain", -9n, 4n, 1, 4n],
    ["long", 4n, 4n, 0, 4n],
    ["long", 0n, 4n, 1, 4n],
    ["long", -3n, 4n, 1, 1n],
    ["long", -4n, 4n, 1, 4n],
    ["long", -5n, 4n, 1, 4n],
    ["long", -1n, 1n << 40n, 1, (1n << 40n) - 1n],
  ])("%s event, %d left of period %d: returns %d with %d left", (kind, left, period, ret, period_left) => {
    const max = kind === "plain" ? TWO_TO_32 : TWO_TO_64;
    expect(setPeriod(kind, left, period)).toEqual({
      returned: ret,
      period_left,
      last_period: ret === 1 ? period : 0n,
      prev_count: TWO_TO_64 - period_left,
      counter: max - period_left,
    });
  });

  test.each<[kind: "plain" | "long", left: bigint, programmed: bigint]>([
    ["plain", 0x7fff_fffen, 0x7fff_fffen],
    ["plain", 0x7fff_ffffn, 0x7fff_ffffn],
    ["plain", 0x8000_0000n, 0x7fff_ffffn],
    ["plain", 0xffff_ffffn, 0x7fff_ffffn],
    ["plain", 1n << 40n, 0x7fff_ffffn],
    ["long", 1n << 40n, 1n << 40n],
    ["long", (1n << 63n) - 1n, (1n << 63n) - 1n],
  ])(
    "%s event, %d left: the counter is given %d, half its range at most; the rest stays",
    (kind, left, programmed) => {
      const max = kind === "plain" ? TWO_TO_32 : TWO_TO_64;
      expect(setPeriod(kind, left, left)).toEqual({
        returned: 0,
        period_left: left,
        last_period: 0n,
        prev_count: TWO_TO_64 - programmed,
        counter: max - programmed,
      });
    },
  );

  test("a period that was completed is clamped as well", () => {
    expect(setPeriod("plain", 0n, 1n << 33n)).toMatchObject({
      returned: 1,
      period_left: 1n << 33n,
      counter: TWO_TO_32 - 0x7fff_ffffn,
    });
  });

  test("prev_count is stored before the counter is written", () => {
    const prepare = (view: View) =>
      view.update(perfEvent("A"), ({ hw }) => {
        hw.period_left = 0n;
      });
    expect(runKernelFunction(armpmu_event_set_period, ["A"], { prepare }).accesses).toEqual([
      "A->hw.period_left is 0",
      "A->hw.sample_period is 4",
      "A->hw.period_left = 4",
      "A->hw.last_period = 4",
      "A->hw.prev_count = 0xfffffffffffffffc",
      "PMEVCNTR0 = 0xfffffffc",
    ]);
  });

  /** The facts again, in arithmetic modulo the counter's range. */
  function expected(left: bigint, period: bigint, range: bigint) {
    const completed = left <= 0n;
    const remainder = completed ? left + period : left;
    const period_left = remainder <= 0n ? period : remainder;
    const programmed = period_left < range / 2n ? period_left : range / 2n - 1n;
    return {
      returned: completed ? 1 : 0,
      period_left,
      last_period: completed ? period : 0n,
      prev_count: TWO_TO_64 - programmed,
      counter: range - programmed,
    };
  }

  describe.each([
    ["plain", TWO_TO_32],
    ["long", TWO_TO_64],
  ] as const)("%s event", (kind, range) => {
    const MAX = (1n << 63n) - 1n;
    const period = fc.oneof(fc.bigInt(1n, 100n), fc.bigInt(1n, MAX));
    const left = fc.oneof(fc.bigInt(-300n, 100n), fc.bigInt(-MAX, MAX));

    prop.prop([left, period])("any remainder of any period", (some, of) => {
      expect(setPeriod(kind, some, of)).toEqual(expected(some, of, range));
    });
  });
});

function update(kind: "plain" | "long", prev_count: bigint, counter: bigint, period_left = 0n) {
  const { returned, after } = runKernelFunction(armpmu_event_update, ["A"], {
    settings: KINDS[kind],
    prepare: (view) => {
      view.update(perfEvent("A"), ({ hw }) => {
        hw.prev_count = prev_count;
        hw.period_left = period_left;
      });
      view.update(truth("A"), (of) => {
        of.behind = 0n;
      });
      view.update(pmu(0), (of) => {
        of.PMEVCNTR[0] = counter;
      });
    },
  });
  const { hw } = after.read(perfEvent("A"));
  // event->count is kept as its lag behind the truth, which shrinks as it grows.
  const counted = -after.read(truth("A")).behind;
  return { returned, prev_count: hw.prev_count, counted, period_left: hw.period_left };
}

describe("armpmu_event_update", () => {
  test.each<[kind: "plain" | "long", prev_count: bigint, counter: bigint, delta: bigint]>([
    ["plain", TWO_TO_64 - 4n, 0xffff_fffcn, 0n],
    ["plain", TWO_TO_64 - 4n, 0xffff_fffen, 2n],
    ["plain", TWO_TO_64 - 4n, 0n, 4n],
    ["plain", TWO_TO_64 - 4n, 3n, 7n],
    ["plain", 3n, 10n, 7n],
    ["plain", 3n, 2n, 0xffff_ffffn],
    ["long", TWO_TO_64 - 4n, TWO_TO_64 - 2n, 2n],
    ["long", TWO_TO_64 - 4n, 3n, 7n],
    ["long", 0xffff_fffen, 0x1_0000_0002n, 4n],
    ["long", 3n, 2n, TWO_TO_64 - 1n],
  ])("%s event, counter from %d to %d: delta is %d", (kind, prev_count, counter, delta) => {
    expect(update(kind, prev_count, counter)).toMatchObject({
      returned: counter,
      prev_count: counter,
      counted: delta,
    });
  });

  test("period_left decreases by what was counted and goes below zero when a period is completed", () => {
    expect(update("plain", TWO_TO_64 - 4n, 0xffff_fffen, 4n).period_left).toBe(2n);
    expect(update("plain", TWO_TO_64 - 4n, 0n, 4n).period_left).toBe(0n);
    expect(update("plain", TWO_TO_64 - 4n, 3n, 4n).period_left).toBe(-3n);
  });

  describe.each([
    ["plain", TWO_TO_32],
    ["long", TWO_TO_64],
  ] as const)("%s event", (kind, range) => {
    const small = fc.bigInt(0n, 1n << 32n);

    prop.prop([fc.bigInt(0n, range - 1n), small, small])(
      "the delta is the distance modulo the counter's range",
      (from, distance, left) => {
        const counted = distance % range;
        const to = (from + counted) % range;
        expect(update(kind, from, to, left)).toEqual({
          returned: to,
          prev_count: to,
          counted,
          period_left: left - counted,
        });
      },
    );
  });

  test("it reads again if someone else updated between its load and its cmpxchg, and counts nothing twice", () => {
    let interrupted = false;
    const { accesses, after } = runKernelFunction(armpmu_event_update, ["A"], {
      prepare: (view) => {
        view.update(pmu(0), (of) => {
          of.PMEVCNTR[0] = 0xffff_fffen;
        });
        view.update(truth("A"), (of) => {
          of.behind = 0n;
        });
      },
      meanwhile: (view, access) => {
        if (interrupted || !access.startsWith("PMEVCNTR0")) return;
        interrupted = true;
        view.update(perfEvent("A"), ({ hw }) => {
          hw.prev_count = 0xffff_fffdn;
        });
      },
    });
    expect(accesses.filter((access) => access.startsWith("PMEVCNTR0"))).toHaveLength(2);
    expect(after.read(truth("A")).behind).toBe(-1n);
  });
});

/** What a function accesses in a machine whose event A is of this kind. */
function accessesOf<A extends readonly Value[]>(called: KernelFunction<A>, args: A, kind: Kind) {
  return runKernelFunction(called, args, { settings: KINDS[kind] }).accesses;
}

describe("the order of register accesses", () => {
  test.each<[Kind, readonly string[]]>([
    [
      "plain",
      [
        "PMCNTENCLR = 0x1",
        "isb",
        "PMEVTYPER0 = 0x80000021 (P=1 evtCount=BR_RETIRED)",
        "PMINTENSET = 0x1",
        "isb",
        "PMCNTENSET = 0x1",
      ],
    ],
    [
      "chained",
      [
        "PMCNTENCLR = 0x3",
        "isb",
        "PMEVTYPER0 = 0x80000021 (P=1 evtCount=BR_RETIRED)",
        "PMEVTYPER1 = 0x800001e (NSH=1 evtCount=CHAIN)",
        "PMINTENSET = 0x2",
        "isb",
        "PMCNTENSET = 0x3",
      ],
    ],
    [
      "cycles",
      [
        "PMCNTENCLR = 0x80000000",
        "isb",
        "PMCCFILTR = 0x80000011 (P=1)",
        "PMINTENSET = 0x80000000",
        "isb",
        "PMCNTENSET = 0x80000000",
      ],
    ],
  ])("armv8pmu_enable_event of a %s event: interrupt before counter, PMOVS untouched", (kind, accesses) => {
    expect(accessesOf(armv8pmu_enable_event, ["A"], kind)).toEqual(accesses);
  });

  test.each<[Kind, string, string]>([
    ["plain", "0x1", "0x1"],
    ["chained", "0x3", "0x2"],
    ["cycles", "0x80000000", "0x80000000"],
  ])(
    "armv8pmu_disable_event of a %s event: counters %s, then interrupt and flag of %s",
    (kind, both, one) => {
      expect(accessesOf(armv8pmu_disable_event, ["A"], kind)).toEqual([
        `PMCNTENCLR = ${both}`,
        "isb",
        `PMINTENCLR = ${one}`,
        "isb",
        `PMOVSCLR = ${one}`,
        "isb",
      ]);
    },
  );

  test.each([false, true])("armv8pmu_start sets E, isb before and none after, whether E was %s", (E) => {
    const { accesses } = runKernelFunction(armv8pmu_start, [], {
      prepare: (view) =>
        view.update(pmu(0), (of) => {
          of.PMCR.E = E;
        }),
    });
    const before = E ? "PMCR is 0x41 (E=1 LC=1)" : "PMCR is 0x40 (E=0 LC=1)";
    expect(accesses).toEqual(["PMUSERENR = 0x0", before, "isb", "PMCR = 0x41 (E=1 LC=1)"]);
  });

  test("armv8pmu_stop clears E, isb before and none after", () => {
    expect(accessesOf(armv8pmu_stop, [], "plain")).toEqual([
      "PMCR is 0x41 (E=1 LC=1)",
      "isb",
      "PMCR = 0x40 (E=0 LC=1)",
    ]);
  });

  test("armv8pmu_getreset_flags clears exactly the flags it read", () => {
    const { accesses, returned } = runKernelFunction(armv8pmu_getreset_flags, [], {
      prepare: (view) =>
        view.update(pmu(0), (of) => {
          of.PMOVS = 0x8000_0001;
        }),
    });
    expect(accesses).toEqual(["PMOVSCLR is 0x80000001", "PMOVSCLR = 0x80000001"]);
    expect(returned).toBe(0x8000_0001);
  });

  test("armv8pmu_getreset_flags leaves a flag that is set between its read and its write", () => {
    const { returned, after } = runKernelFunction(armv8pmu_getreset_flags, [], {
      settings: { counters: "2" },
      prepare: (view) =>
        view.update(pmu(0), (of) => {
          of.PMOVS = 0x1;
        }),
      meanwhile: (view, access) => {
        if (access !== "PMOVSCLR is 0x1") return;
        view.update(pmu(0), (of) => {
          of.PMOVS = 0x3;
        });
      },
    });
    expect(returned).toBe(0x1);
    expect(after.read(pmu(0)).PMOVS).toBe(0x2);
  });
});

describe("counter values", () => {
  const written = (kind: Kind, value: bigint) =>
    runKernelFunction(armv8pmu_write_counter, ["A", value], { settings: KINDS[kind] }).accesses;

  test.each<[Kind, boolean]>([
    ["plain", false],
    ["long", false],
    ["chained", false],
    ["biased", true],
    ["cycles", true],
    ["longCycles", false],
  ])("armv8pmu_event_needs_bias of a %s event is %s", (kind, bias) => {
    expect(runKernelFunction(armv8pmu_event_needs_bias, ["A"], { settings: KINDS[kind] }).returned).toBe(
      bias,
    );
  });

  test.each<[Kind, readonly string[]]>([
    ["plain", ["PMEVCNTR0 = 0xfffffffc"]],
    ["biased", ["PMEVCNTR0 = 0xfffffffffffffffc"]],
    ["cycles", ["PMCCNTR = 0xfffffffffffffffc"]],
    ["long", ["PMEVCNTR0 = 0xfffffffc"]],
    ["longCycles", ["PMCCNTR = 0xfffffffc"]],
    ["chained", ["PMEVCNTR1 = 0x0", "PMEVCNTR0 = 0xfffffffc"]],
  ])("armv8pmu_write_counter of a %s event: a bias is ones in bits 63:32", (kind, accesses) => {
    expect(written(kind, 0xffff_fffcn)).toEqual(accesses);
  });

  test("armv8pmu_write_counter of a chained event writes the high half first", () => {
    expect(written("chained", 0x1234_5678_9abc_def0n)).toEqual([
      "PMEVCNTR1 = 0x12345678",
      "PMEVCNTR0 = 0x9abcdef0",
    ]);
  });

  test.each<[Kind, bigint]>([
    ["plain", 0xffff_fffen],
    ["biased", 0xffff_fffen],
    ["cycles", 0xffff_fffen],
    ["long", 0xffff_ffff_ffff_fffen],
    ["longCycles", 0xffff_ffff_ffff_fffen],
  ])("armv8pmu_read_counter of a %s event takes the bias off", (kind, value) => {
    const { returned } = runKernelFunction(armv8pmu_read_counter, ["A"], {
      settings: KINDS[kind],
      prepare: (view) =>
        view.update(pmu(0), (of) => {
          of.PMEVCNTR[0] = kind === "plain" ? 0xffff_fffen : 0xffff_ffff_ffff_fffen;
          of.PMCCNTR = 0xffff_ffff_ffff_fffen;
        }),
    });
    expect(returned).toBe(value);
  });

  test("armv8pmu_read_counter of a chained event reads the high half first, and only once", () => {
    const { returned, accesses } = runKernelFunction(armv8pmu_read_counter, ["A"], {
      settings: KINDS.chained,
      prepare: (view) =>
        view.update(pmu(0), (of) => {
          of.PMEVCNTR = [0x9abc_def0n, 0x1234_5678n];
        }),
    });
    expect(accesses).toEqual(["PMEVCNTR1 is 0x12345678", "PMEVCNTR0 is 0x9abcdef0"]);
    expect(returned).toBe(0x1234_5678_9abc_def0n);
  });
});

describe("the choice of a counter", () => {
  /** Bit 0 of used_mask is the cycle counter, bit k is event counter k - 1. */
  function getEventIdx(kind: Kind, counters: number, used_mask: number) {
    const { returned, after } = runKernelFunction(armv8pmu_get_event_idx, ["A"], {
      settings: { ...KINDS[kind], counters: String(counters) },
      prepare: (view) => {
        view.update(perfEvent("A"), ({ hw }) => {
          hw.idx = -1;
        });
        view.update(perCpuData(0), ({ hw_events }) => {
          hw_events.used_mask = used_mask;
        });
      },
    });
    return { idx: returned, used_mask: after.read(perCpuData(0)).hw_events.used_mask };
  }

  test.each<[title: string, kind: Kind, counters: number, used: number, idx: number, usedAfter: number]>([
    ["an event takes the first free counter", "plain", 2, 0b000, 1, 0b010],
    ["an event passes over a used counter", "plain", 2, 0b010, 2, 0b110],
    ["an event does not take the cycle counter", "plain", 2, 0b110, -EAGAIN, 0b110],
    ["cycles prefer the cycle counter", "cycles", 2, 0b000, 0, 0b001],
    ["cycles take an event counter if they must", "cycles", 2, 0b001, 1, 0b011],
    ["64-bit cycles need no pair on the cycle counter", "longCycles", 2, 0b000, 0, 0b001],
    ["64-bit cycles take a pair if they must", "longCycles", 2, 0b001, 2, 0b111],
    ["a pair is an odd counter and the even one below it", "chained", 4, 0b00000, 2, 0b00110],
    ["a pair is not taken if its even counter is used", "chained", 4, 0b00010, 4, 0b11010],
    ["a pair is not taken if its odd counter is used", "chained", 4, 0b00100, 4, 0b11100],
    [
      "a pair is not made of an odd counter and the even one above it",
      "chained",
      3,
      0b00010,
      -EAGAIN,
      0b00010,
    ],
    ["no pair is free", "chained", 4, 0b01100, -EAGAIN, 0b01100],
    ["a 64-bit event on 64-bit counters needs no pair", "long", 2, 0b000, 1, 0b010],
  ])("armv8pmu_get_event_idx: %s", (_, kind, counters, used, idx, usedAfter) => {
    expect(getEventIdx(kind, counters, used)).toEqual({ idx, used_mask: usedAfter });
  });

  test.each<[Kind, number]>([
    ["plain", 0b11101],
    ["chained", 0b11001],
    ["cycles", 0b11110],
  ])("armv8pmu_clear_event_idx of a %s event gives back what it had", (kind, used_mask) => {
    const { after } = runKernelFunction(armv8pmu_clear_event_idx, ["A"], {
      settings: KINDS[kind],
      prepare: (view) =>
        view.update(perCpuData(0), ({ hw_events }) => {
          hw_events.used_mask = 0b11111;
        }),
    });
    expect(after.read(perCpuData(0)).hw_events.used_mask).toBe(used_mask);
  });
});
