/**
 * Limits of the engine: what it cannot do it refuses, by a code, before it has done anything.
 */
import { describe, expect, test } from "vitest";

import { explore, type Limits, type Watch } from "../../src/engine/explore.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { isMarked, NOTHING } from "../support/engine/engine-ways.js";
import { torus } from "../support/systems/torus.js";

const run = (watch: Watch, limits: Partial<Limits> = {}) =>
  explore(torus(3), watch, { maxStates: 1e6, ...limits });
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const never = () => false;

describe("rules, witnesses and goals", () => {
  const goal = (transitions: number, states: number): Watch => ({
    ...NOTHING,
    goals: [{ transitions: times(transitions, never), states: times(states, never) }],
  });
  const cycles = (count: number): Watch => ({ ...NOTHING, cycles: times(count, { waits: never }) });
  const free = { cost: () => 0 };

  test.each<[string, Watch]>([
    ["32 rules on observations", goal(32, 0)],
    ["31 rules on observations, with costs", { ...goal(31, 0), ...free }],
    ["32 rules on states, with costs", { ...goal(0, 32), ...free }],
    ["32 witnesses, with costs", { ...NOTHING, ...free, witnesses: times(32, isMarked) }],
    ["16 liveness goals, with costs", { ...cycles(16), ...free }],
  ])("as many as there are bits: %s", (_, watch) => {
    expect(run(watch)).toMatchObject({ end: { kind: "complete" }, states: 9 });
  });

  test.each<[string, Watch]>([
    ["33 rules on observations", goal(33, 0)],
    ["32 rules on observations, and a search can tell 31 apart", { ...goal(32, 0), ...free }],
    ["33 rules on states", goal(0, 33)],
    ["33 witnesses", { ...NOTHING, witnesses: times(33, isMarked) }],
    ["17 liveness goals", cycles(17)],
  ])("more are refused: %s", (what, watch) => {
    expect(() => run(watch)).toThrow(
      expect.objectContaining({ code: "PMC142", message: expect.stringContaining(what) as unknown }),
    );
  });
});

test.each<Partial<Limits>>([
  { maxStates: NaN },
  { maxStates: -1 },
  { maxStates: 0 },
  { maxStates: 1.5 },
  { jobs: -1 },
  { jobs: NaN },
  { maxBytes: NaN },
  { maxBytes: 0 },
  { maxBytes: 1000 },
])("%o is refused", (limits) => {
  expect(() => run(NOTHING, limits)).toThrow(expect.objectContaining({ code: "PMC108" }));
});

test("no limit on states is one", () => {
  expect(run(NOTHING, { maxStates: Infinity })).toMatchObject({ end: { kind: "complete" }, states: 9 });
});

test("500 components are not too many", () => {
  const places = Array.from({ length: 500 }, (_, i) => `place${i}`);
  const system: TransitionSystem = {
    components: places,
    initial: places.map((_, i) => i === 0),
    processes: places,
    fair: [],
    run: (place, read) => {
      if (read(place) !== true) return [];
      const writes = new Map([
        [place, false],
        [(place + 1) % 500, true],
      ]);
      return [{ writes, observations: [] }];
    },
  };
  const all = { end: { kind: "complete" }, states: 500, transitions: 500, depth: 499 };
  expect(explore(system, NOTHING, { maxStates: 1e6 })).toMatchObject(all);
});
