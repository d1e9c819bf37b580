/**
 * Random tunings, most of them tight: fields that have to grow soon, groupings that change early, tables that start tiny.
 */
import { fc } from "@fast-check/vitest";

import type { Tuning } from "../../../src/engine/api/tuning.js";

/** How many states there are when the grouping is thought over. */
const regroupAt = fc
  .array(fc.integer({ min: 1, max: 2000 }), { maxLength: 5 })
  .map((sizes) => [...sizes].sort((a, b) => a - b));

const tight: fc.Arbitrary<Partial<Tuning>> = fc.record({
  componentBits: fc.integer({ min: 1, max: 10 }),
  numberBits: fc.integer({ min: 1, max: 12 }),
  rootBits: fc.constantFrom(0, 33, 40, 44, 50, 64),
  regroupAt,
  block: fc.constantFrom(2, 7, 64, 4096),
  bucketBits: fc.constantFrom(1, 8),
  chunkBits: fc.constantFrom(2, 14),
  releaseAt: fc.constantFrom(0, 2 ** 17),
  shortcutBits: fc.constantFrom(8, 12, 19),
  load: fc.constantFrom(1, 1, 4),
  compileAt: fc.constantFrom(0, 500, Infinity),
});

/** Many small batches, by one thread for two. */
const batches: Partial<Tuning> = { batchRows: 1, lanes: 3, crewAt: Infinity };

export const randomTuning: fc.Arbitrary<Partial<Tuning>> = fc.oneof(
  fc.constant({}),
  fc.record({ regroupAt, compileAt: fc.constantFrom(0, 500) }),
  tight,
  tight.map((tuning) => ({ ...tuning, ...batches, compileAt: 0 })),
);
