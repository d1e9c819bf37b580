/**
 * Many processes: none shares a bit with another one, whether they are 32 or 64 apart, and none is taken for another.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { explore, type Watch } from "../../src/engine/explore.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { crowded } from "../support/systems/crowded-system.js";
import { COMPILED, ENGINES, isMarked, NOTHING, TIGHT } from "../support/engine/engine-ways.js";
import { lively, randomSystem } from "../support/systems/random-system.js";
import { referenceExplore, referenceHasFairCycle } from "../support/engine/reference-explorer.js";

const livelySystem = randomSystem.map(lively);
const isWaited = (state: readonly unknown[]) => state[0] !== 0;
const WAITS: Watch = { ...NOTHING, cycles: [{ waits: (read) => read(0) !== 0 }] };

describe.each(ENGINES)("random systems with many processes, %s", (engine) => {
  const tunings = fc.constantFrom({}, COMPILED, TIGHT);
  const run = (system: TransitionSystem, watch: Watch, tuning = {}) =>
    explore(system, watch, { maxStates: 1e9, engine, tuning });

  describe.each([
    { count: 40, distance: 8 },
    { count: 63, distance: 1 },
    { count: 64, distance: 1 },
    { count: 65, distance: 1 },
    { count: 140, distance: 32 },
  ])("$count of them", ({ count, distance }) => {
    prop.prop([livelySystem, tunings], { numRuns: 100 })(
      "the same states, transitions and depth",
      (few, tuning) => {
        const system = crowded(few, count, distance);
        const { states, transitions, depth } = referenceExplore(system);
        expect(run(system, NOTHING, tuning)).toMatchObject({ states, transitions, depth });
      },
    );

    prop.prop([livelySystem], { numRuns: 100 })("a fair cycle exactly where there is one", (few) => {
      const system = crowded(few, count, distance);
      const asked = { without: false, through: false };
      expect(run(system, WAITS).lassos[0] !== undefined).toBe(
        referenceHasFairCycle(system, isWaited, isMarked, asked),
      );
    });
  });

  test("what the last process does is counted once, where it does much", () => {
    const goTo = (value: number) => ({ writes: new Map([[0, value]]), observations: [] });
    const system: TransitionSystem = {
      components: ["n"],
      initial: [0],
      processes: Array.from({ length: 64 }, (_, i) => `p${i}`),
      fair: [],
      run: (process, read) => {
        read(0);
        return process === 63 ? [goTo(0), goTo(1), goTo(2)] : [];
      },
    };
    expect(run(system, NOTHING, TIGHT)).toMatchObject({ states: 3, transitions: 9, depth: 1 });
  });
});

test("of 40 processes, that the 36th goes round does not mean that the 4th could move", () => {
  const spinning: TransitionSystem = {
    components: ["n"],
    initial: [0],
    processes: Array.from({ length: 40 }, (_, i) => `p${i}`),
    fair: [3],
    run: (process, read) => {
      const to = process === 35 ? 1 : process === 3 && read(0) === 0 ? 2 : undefined;
      return to === undefined ? [] : [{ writes: new Map([[0, to]]), observations: [] }];
    },
  };
  expect(referenceHasFairCycle(spinning, isWaited, isMarked, { without: false, through: false })).toBe(true);
  expect(explore(spinning, WAITS, { maxStates: 1e9 }).lassos).toEqual([
    { path: [{ process: 35, outcome: 0 }], cycle: [{ process: 35, outcome: 0 }] },
  ]);
});

test("of 70,000 outcomes, a cycle takes the one that it has to, and no process is taken for the next one", () => {
  const last = 70_000;
  const jumping: TransitionSystem = {
    components: ["n"],
    initial: [0],
    processes: ["jump", "never"],
    fair: [1],
    run: (process, read) => {
      if (process === 1) return [];
      const outcomes = read(0) === 0 ? last : 1;
      return Array.from({ length: outcomes }, (_, i) => ({
        writes: new Map([[0, read(0) === 0 ? i + 1 : 0]]),
        observations: read(0) === last ? [{ kind: "spurious" as const, cpu: 0 }] : [],
      }));
    },
  };
  const { lassos, transitions } = explore(
    jumping,
    { ...NOTHING, cycles: [{ waits: () => true, through: isMarked }] },
    { maxStates: 1e9 },
  );
  expect(transitions).toBe(2 * last);
  expect(lassos).toEqual([
    {
      path: [],
      cycle: [
        { process: 0, outcome: last - 1 },
        { process: 0, outcome: 0 },
      ],
    },
  ]);
});
