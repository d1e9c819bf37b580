/**
 * Many processes: none shares a bit with another one, whether they are 32 or 64 apart, and none is taken for another.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { explore, type Watch } from "../../src/engine/explore.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { crowded } from "../support/crowded-system.js";
import { COMPILED, ENGINES, NOTHING, TIGHT } from "../support/engine-ways.js";
import { lively, randomSystem } from "../support/random-system.js";
import { referenceExplore } from "../support/reference-explorer.js";

const livelySystem = randomSystem.map(lively);

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
