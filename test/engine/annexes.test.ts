/**
 * A visited set in several memories: counts, ids and traces are those of a search in one, whenever it moves to others, into
 * how many, by whichever kernel and threads, across a stop, and when there is no memory left.
 *
 * Memories are some hundred kilobytes here. They would be 4 GiB.
 */
import { setImmediate } from "node:timers/promises";

import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { finish } from "../../src/engine/api/cooperative.js";
import type { Tuning } from "../../src/engine/api/tuning.js";
import { explore, type Limits, type Watch } from "../../src/engine/explore.js";
import { Search } from "../../src/engine/search/breadth-first.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { kindOf } from "../support/engine/engine-room.js";
import {
  answerOf,
  COMPILED,
  ENGINES,
  isMarked,
  MARKS,
  NOTHING,
  TIGHT,
} from "../support/engine/engine-ways.js";
import { interrupted } from "../support/engine/kept.js";
import { referenceExplore } from "../support/engine/reference-explorer.js";
import { grid } from "../support/systems/grid.js";
import { randomSystem } from "../support/systems/random-system.js";

/** Annexes are made only where more may be used than one memory has. */
const MUCH = { maxStates: 1e9, maxBytes: 2 ** 33 };
/** Of an annex: some 100 of it are left for segments of 4 KiB, of which there are 64. */
const SMALL = 2 ** 17;
/** So many bytes are a set whose segments have 4 buckets. */
const FOUR_BUCKETS = 2 ** 14;
/** Nearly empty, so that few states need much room. */
const SPARSE = { bucketBits: 1, load: 0.02 };

const TUNINGS: Readonly<Record<string, Partial<Tuning>>> = {
  "in an annex from the first state on": { ...TIGHT, annexAt: 0 },
  "in several": { ...TIGHT, annexAt: 0, annexBytes: SMALL },
  "in the first memory, then in several": { ...TIGHT, ...SPARSE, annexAt: FOUR_BUCKETS, annexBytes: SMALL },
  "with buckets that overflow": { ...TIGHT, load: 10, annexAt: FOUR_BUCKETS, annexBytes: SMALL },
  "with numbers and ids that outgrow their fields": {
    ...TIGHT,
    componentBits: 1,
    numberBits: 2,
    annexAt: 0,
    annexBytes: SMALL,
  },
  "with entries of 64 bits": {
    ...TIGHT,
    ...SPARSE,
    rootBits: 64,
    annexAt: FOUR_BUCKETS,
    annexBytes: SMALL,
  },
  "with groups that change": {
    ...TIGHT,
    componentBits: 20,
    numberBits: 2,
    regroupAt: [2, 4, 8, 16, 32],
    annexAt: 0,
  },
  "in batches": {
    ...TIGHT,
    ...SPARSE,
    batchRows: 1,
    lanes: 3,
    crewAt: Infinity,
    block: 4,
    annexAt: FOUR_BUCKETS,
    annexBytes: SMALL,
  },
  "in batches, with buckets that overflow": {
    ...TIGHT,
    batchRows: 1,
    lanes: 3,
    crewAt: Infinity,
    block: 4,
    load: 10,
    annexAt: 0,
  },
};

const CORNER: Watch = {
  goals: [0, 1, 2].map((value) => ({
    transitions: [],
    states: [(read) => read(1) === value && read(2) === value && read(3) === value],
  })),
  cycles: [],
  witnesses: [isMarked],
};
/** A second search, for the path that costs least. */
const COSTLY: Watch = { ...CORNER, cost: (observation) => (isMarked(observation) ? 1 : 0) };

function run(system: TransitionSystem, watch: Watch, limits: Partial<Limits>) {
  const jobs = limits.tuning?.batchRows === undefined ? 1 : 2;
  return answerOf(explore(system, watch, { ...MUCH, jobs, ...limits }));
}

describe.each(ENGINES)("the visited set of random systems, %s", (engine) => {
  describe.each(Object.entries(TUNINGS))("%s", (_, tuning) => {
    prop.prop([randomSystem, fc.constantFrom(MARKS, CORNER, COSTLY)], { numRuns: 25 })(
      "gives what ships",
      (system, watch) => {
        expect(run(system, watch, { engine, tuning })).toEqual(run(system, watch, { engine: "js" }));
      },
    );

    prop.prop([randomSystem, fc.constantFrom(NOTHING, COSTLY), fc.integer({ min: 1, max: 30 })], {
      numRuns: 25,
    })("stops at the same state", (system, watch, maxStates) => {
      const shipped = run(system, watch, { engine: "js", maxStates });
      expect(run(system, watch, { engine, tuning, maxStates })).toEqual(shipped);
    });
  });

  const tunings = fc.constantFrom({}, ...Object.values(TUNINGS));
  prop.prop([randomSystem, tunings, tunings, fc.nat(12)], { numRuns: 25 })(
    "goes on in other memories than it was stopped in",
    (system, tuning, other, turns) => {
      const whole = run(system, MARKS, { engine: "js" });
      const { exploration, left } = interrupted(system, MARKS, { ...MUCH, engine, tuning }, turns);
      const found =
        left === undefined ? answerOf(exploration) : run(system, MARKS, { tuning: other, from: left });
      expect(found).toEqual(whole);
    },
  );
});

test.each(ENGINES)("%s: states beyond the limit of the second search are not looked at", (engine) => {
  // By a jump that costs something to a broken state; for nothing to a hundred states, of which the 77th is broken, too.
  const fan: TransitionSystem = {
    components: ["n"],
    initial: [0],
    processes: ["jump", "fan"],
    fair: [],
    run: (process, read) => {
      if (read(0) !== 0) return [];
      const to = process === 0 ? [1000] : Array.from({ length: 100 }, (_, i) => i + 1);
      const observations = process === 0 ? [{ kind: "spurious" as const, cpu: 0 }] : [];
      return to.map((value) => ({ writes: new Map([[0, value]]), observations }));
    },
  };
  const broken = (read: (component: number) => unknown) => read(0) === 77 || read(0) === 1000;
  const watch = { ...COSTLY, goals: [{ transitions: [], states: [broken] }] };
  for (const annexAt of [0, Infinity]) {
    const { breaks, cheapest } = explore(fan, watch, { ...MUCH, engine, maxStates: 50, tuning: { annexAt } });
    expect(breaks[0]?.path).toEqual([{ process: 0, outcome: 0 }]);
    expect(cheapest).toMatchObject({ bound: "more than 50 states", breaks: [undefined] });
  }
});

describe("a system of 40,519 states", () => {
  const system = grid(200);
  const { states, transitions, depth } = referenceExplore(system);
  const counts = { states, transitions, depth, end: { kind: "complete" } };
  const alone = answerOf(explore(system, NOTHING, { maxStates: 1e9 }));
  const EAGER = { crewAt: 0, awaitsCrew: true, batchRows: 32, block: 256, compileAt: 0, lanes: 4 };
  /** It takes half a megabyte of segments in the end, and begins in the first memory. */
  const GROWING = { ...SPARSE, load: 0.4, block: 256, annexAt: FOUR_BUCKETS, annexBytes: SMALL };

  /** How many annexes there are in the end. */
  function annexesOf(limits: Limits, engine: (typeof ENGINES)[number]): number {
    const search = new Search(system, NOTHING, limits, kindOf(engine));
    expect(finish(search.steps())).toEqual({ kind: "complete" });
    expect([search.store.size, search.transitions]).toEqual([states, transitions]);
    return search.store.annexes.inUse.length;
  }

  test("is what one memory says", () => expect(alone).toMatchObject(counts));

  test.each([1, 2, 3])(
    "%d threads, five times, from one memory into more and more",
    async (jobs) => {
      for (let i = 0; i < 5; i++) {
        const found = explore(system, NOTHING, { ...MUCH, jobs, tuning: { ...EAGER, ...GROWING } });
        // Threads that were told to end do so when this one turns to other things.
        await setImmediate();
        expect(answerOf(found)).toEqual(alone);
      }
    },
    240_000,
  );

  test.each([1, 2])("%d threads, with buckets that overflow in the middle of batches", async (jobs) => {
    const tuning = { ...EAGER, ...GROWING, load: 4, annexAt: 0 };
    const found = explore(system, NOTHING, { ...MUCH, jobs, tuning });
    await setImmediate();
    expect(answerOf(found)).toEqual(alone);
  });

  test("a full audit finds nothing", () => {
    const tuning = { ...COMPILED, ...GROWING };
    const found = explore(system, NOTHING, { ...MUCH, tuning, audit: "full" });
    expect(found).toMatchObject({ ...counts, audit: { mode: "full", states, transitions } });
  });

  test.each(ENGINES)("%s: there are more and more annexes, and as many as threads at least", (engine) => {
    expect(annexesOf({ ...MUCH, engine, tuning: GROWING }, engine)).toBeGreaterThan(4);
    const roomy = { annexAt: 0, batchRows: 32 };
    expect(annexesOf({ ...MUCH, engine, jobs: 3, tuning: roomy }, engine)).toBe(4);
    expect(annexesOf({ ...MUCH, engine, tuning: { ...GROWING, annexAt: Infinity } }, engine)).toBe(0);
  });

  test("there are none where one memory has addresses for all that may be used", () => {
    expect(annexesOf({ maxStates: 1e9, tuning: { annexAt: 0 } }, "wasm")).toBe(0);
  });

  test.each(ENGINES)("%s: what the memories take together is bounded, and that is said", (engine) => {
    const maxBytes = 3 << 20;
    // One memory would have addresses for that; so that it has not, the bound is what is left of a larger one.
    const limits = { maxStates: 1e9, engine, tuning: { ...GROWING, load: 0.05 } };
    const { end, bytesInUse } = explore(system, NOTHING, { ...limits, maxBytes });
    expect(end).toEqual({ kind: "bound", bound: "more than 3 MiB of memory" });
    expect(bytesInUse).toBeLessThanOrEqual(maxBytes);
  });
});
