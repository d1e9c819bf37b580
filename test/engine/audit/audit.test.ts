/**
 * The audit of a run: what it looks at is the same whichever way the engine goes, and what is damaged it finds.
 */
import { test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { explore, type Limits } from "../../../src/engine/explore.js";
import { R, SEGMENTS } from "../../../src/engine/memory/control-block.js";
import { sampleOf } from "../../../src/engine/audit/sample.js";
import { plainKernel } from "../../../src/engine/kernel/plain/kernel.js";
import { Search } from "../../../src/engine/search/breadth-first.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { ENGINES, NOTHING, TIGHT } from "../../support/engine/engine-ways.js";
import { kept } from "../../support/engine/kept.js";
import { lively, randomSystem } from "../../support/systems/random-system.js";
import { ring } from "../../support/systems/ring.js";
import { torus } from "../../support/systems/torus.js";

const UNBOUNDED = { maxStates: 1e9 };

describe("what is audited", () => {
  test("begins with the initial state, and is a part of the states whatever their number", () => {
    const { audit: audited } = explore(torus(1), NOTHING, UNBOUNDED);
    expect(audited).toEqual({ mode: "sample", states: 1, transitions: 2 });
    // Rows by the strata of sample.ts: 1,024 by 128, 15,360 by 1,024, 114,688 by 4,096, and 2^16 by 2^15.
    const { size, audited: most } = searched(2 ** 17 + 2 ** 16);
    expect(size).toBe(2 ** 17 + 2 ** 16);
    expect(most.states).toBe(8 + 15 + 28 + 2);
  });

  /** A row of states, 2^10 to a level. */
  function searched(states: number) {
    const levels: TransitionSystem = {
      components: ["level", "x"],
      initial: [0, 0],
      processes: ["next", "aside"],
      fair: [],
      run: (process, read) => {
        const [level, x] = [Number(read(0)), Number(read(1))];
        const next = process === 0 ? [(level + 1) % (states / 2 ** 10), x] : [level, (x + 1) % 2 ** 10];
        return [{ writes: new Map(next.entries()), observations: [] }];
      },
    };
    const { audit: audited, states: size } = explore(levels, NOTHING, UNBOUNDED);
    return { audited, size };
  }

  test.each(ENGINES)("does not depend on tuning or threads, %s", (engine) => {
    const expected = explore(ring(20), NOTHING, UNBOUNDED).audit;
    expect(expected.states).toBeGreaterThan(10);
    const tight = { ...TIGHT, componentBits: 3, numberBits: 2 };
    const threads = { crewAt: 0, awaitsCrew: true, batchRows: 8, block: 64 };
    for (const limits of [{ tuning: tight }, { jobs: 2, tuning: threads }]) {
      expect(explore(ring(20), NOTHING, { ...UNBOUNDED, engine, ...limits }).audit).toEqual(expected);
    }
  });

  test("is nothing where it is switched off", () => {
    const { audit: audited } = explore(torus(5), NOTHING, { ...UNBOUNDED, audit: "off" });
    expect(audited).toEqual({ mode: "off", states: 0, transitions: 0 });
  });

  prop.prop([randomSystem], { numRuns: 200 })(
    "is in order on random systems, in the tightest layouts",
    (system) => {
      const tuning = { ...TIGHT, componentBits: 1, numberBits: 1, regroupAt: [2, 4, 8] };
      for (const engine of ENGINES) explore(lively(system), NOTHING, { ...UNBOUNDED, engine, tuning });
    },
  );
});

describe("a search in which something is damaged ends in a mismatch", () => {
  /** Runs until a row is about to be expanded with its level, damages something, and goes on. */
  function damaged(system: TransitionSystem, row: number, damage: (search: Search) => void, limits = {}) {
    const search = new Search(system, NOTHING, { ...UNBOUNDED, ...limits }, plainKernel);
    const steps = search.steps();
    let isDamaged = false;
    for (let next = steps.next(); next.done !== true; next = steps.next()) {
      if (isDamaged || search.store.size <= row) continue;
      isDamaged = true;
      damage(search);
    }
    return search;
  }

  test("a visited set that is empty: the first state of the sample that is missing is named", () => {
    const [row = 0] = sampleOf(200, 900);
    const clear = ({ store: { arena, addresses } }: Search): void => {
      const buckets = arena.words[R.buckets] as number;
      for (let segment = 0; segment < SEGMENTS; segment++) {
        const at = (arena.words[(addresses.segments >>> 2) + segment] as number) >>> 2;
        arena.words.fill(0, at, at + 16 * buckets);
      }
    };
    expect(() => damaged(torus(30), row, clear)).toThrow(
      /^audit of state \d+: it is not in the visited set\nstate \d+:\n {2}x = \d+\n {2}y = \d+\n/,
    );
  });

  test("an entry of the visited set that is gone", () => {
    const remove = ({ store }: Search): void => {
      const { arena, addresses } = store;
      for (let segment = 0; segment < SEGMENTS; segment++) {
        const at = (arena.words[(addresses.segments >>> 2) + segment] as number) >>> 2;
        if (arena.words[at] === 0) continue;
        arena.words[at] = 0;
        return;
      }
    };
    expect(() => damaged(torus(30), 300, remove)).toThrow(/^audit of /);
  });

  test("an interned word too many for its field", () => {
    const wide = { tuning: { ...TIGHT, rootBits: 0, componentBits: 16, numberBits: 2 } };
    const narrow = ({ store }: Search): void => {
      for (const node of store.layout.nodes) Object.assign(node, { width: 1 });
    };
    expect(() => damaged(ring(12), 40, narrow, wide)).toThrow(
      /^audit of the layout of states: node \d+ has \d+ numbers in a field of 1 bits/,
    );
  });

  test("a checkpoint with fewer states than it says is refused before that", () => {
    const [image] = [imageOf(torus(30))];
    const { progressed, states } = image.header;
    const header = { ...image.header, states, progressed: { ...progressed, level: progressed.level - 1 } };
    expect(() => explore(torus(30), NOTHING, { ...UNBOUNDED, from: { ...image, header } })).toThrow(
      /^the checkpoint is damaged: states \d+/,
    );
  });

  function imageOf(system: TransitionSystem) {
    let image: ReturnType<typeof kept> | undefined;
    const keep: Limits["keep"] = (left) => {
      image = kept(left);
    };
    explore(system, NOTHING, { maxStates: 500, keep });
    if (image === undefined) throw new Error("nothing was kept");
    return image;
  }
});

describe("a process that does not answer the same when it is asked again", () => {
  test("is the model's fault, and no mismatch", () => {
    const asked = new Set<string>();
    const moody: TransitionSystem = {
      ...torus(30),
      run: (process, read) => {
        const x = Number(read(process));
        const step = asked.has(`${process} ${x}`) ? 2 : 1;
        asked.add(`${process} ${x}`);
        return [{ writes: new Map([[process, (x + step) % 30]]), observations: [] }];
      },
    };
    expect(() => explore(moody, NOTHING, UNBOUNDED)).toThrow(
      "right does something else when it is asked again",
    );
  });
});
