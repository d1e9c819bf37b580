/**
 * Random systems whose states are several words wide, against the reference explorer: whatever the tuning, whichever
 * kernel, in batches or not, and interrupted or not, there are as many states, transitions and levels.
 *
 * More of them, from another seed: WIDE_RUNS=10000 npx vitest run test/engine/wide-systems.test.ts
 */
import { setImmediate } from "node:timers/promises";

import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect } from "vitest";

import { explore, type KeptImage, type Limits } from "../../src/engine/explore.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { ENGINES, NOTHING } from "../support/engine/engine-ways.js";
import { interrupted } from "../support/engine/kept.js";
import { randomTuning } from "../support/engine/random-tuning.js";
import { referenceExplore } from "../support/engine/reference-explorer.js";
import { wideShape, wideSystem, type WideShape } from "../support/systems/random-wide-system.js";

const RUNS = Number(process.env["WIDE_RUNS"] ?? 20);
const TIMEOUT_MS = 300_000 + 2000 * RUNS;

const way = fc
  .record({ engine: fc.constantFrom(...ENGINES), tuning: randomTuning })
  .map(({ engine, tuning }): Partial<Limits> => ({
    engine,
    tuning,
    jobs: tuning.batchRows === undefined ? 1 : 2,
  }));

const tiny = { regroupAt: [], block: 2, bucketBits: 1, chunkBits: 2, releaseAt: 0, compileAt: 0 };
const inBatches = { batchRows: 1, lanes: 3, crewAt: Infinity };
const moving: Partial<Limits> = {
  engine: "js",
  jobs: 2,
  tuning: { ...tiny, ...inBatches, componentBits: 1, numberBits: 1, rootBits: 0 },
};

/**
 * The second search releases rows, moves all states to another layout within a level, and is interrupted in that level. Its
 * image was refused as damaged (PMC152): words of later states had lower numbers than words of states without a row.
 */
const MOVED_AMID_A_LEVEL: [WideShape, Partial<Limits>[], number] = [
  { kind: "axes", components: 36, seed: 0, size: 1, values: 300 },
  [{ engine: "js", tuning: { ...tiny, componentBits: 2, numberBits: 1, rootBits: 33 } }, moving, moving],
  1,
];

/** A search that is interrupted after so many turns, again and again, and goes on in the next way each time. */
function search(system: TransitionSystem, ways: readonly Partial<Limits>[], turns: number) {
  let from: KeptImage | undefined;
  for (const next of ways.slice(0, -1)) {
    const { exploration, left } = interrupted(system, NOTHING, { ...next, from }, turns);
    if (left === undefined) return exploration;
    from = left;
  }
  return explore(system, NOTHING, { maxStates: 1e9, ...ways.at(-1), from });
}

function expected(system: TransitionSystem) {
  const { states, transitions, depth, stuck } = referenceExplore(system);
  return stuck === undefined
    ? { end: { kind: "complete" }, states, transitions, depth }
    : { end: { kind: "stuck" } };
}

describe("random systems of 36 to 70 components", () => {
  prop.prop([wideShape, way], { numRuns: 3 * RUNS })(
    "have the states, transitions and depth of the reference",
    (shape, only) => {
      const system = wideSystem(shape);
      expect(search(system, [only], 0)).toMatchObject(expected(system));
    },
    TIMEOUT_MS,
  );

  const ways = fc.array(way, { minLength: 2, maxLength: 4 });
  const asked = { numRuns: RUNS, examples: [MOVED_AMID_A_LEVEL] };
  prop.prop([wideShape, ways, fc.integer({ min: 1, max: 12 })], asked)(
    "and have them when the search is interrupted and goes on in another way",
    (shape, chain, turns) => {
      const system = wideSystem(shape);
      expect(search(system, chain, turns)).toMatchObject(expected(system));
    },
    TIMEOUT_MS,
  );

  prop.prop([wideShape, randomTuning], { numRuns: Math.ceil(RUNS / 12) })(
    "and have them when two threads search",
    async (shape, tuning) => {
      const system = wideSystem(shape);
      const threaded = { ...tuning, compileAt: 0, batchRows: 1, lanes: 4, crewAt: 0, awaitsCrew: true };
      const found = explore(system, NOTHING, { maxStates: 1e9, engine: "wasm", jobs: 2, tuning: threaded });
      expect(found).toMatchObject(expected(system));
      // Threads that were told to end do so when this one turns to other things.
      await setImmediate();
    },
    TIMEOUT_MS,
  );
});
