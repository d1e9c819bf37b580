/**
 * Layouts that change in any order: fields for more values, nodes for more words, other groups, fields that become
 * narrower, a store that goes on from a checkpoint, in both kernels. Whatever happens, every state is the one it was.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe } from "vitest";

import type { Tuning } from "../../../src/engine/api/tuning.js";
import { ENGINES } from "../../support/engine/engine-ways.js";
import { kindOf } from "../../support/engine/engine-room.js";
import { LayoutDriver } from "../../support/engine/layout-driver.js";

/** Regroups whenever it is asked to, if there are more states than the last time. */
const ALWAYS = Array.from({ length: 4000 }, (_, i) => i + 1);

const tuning: fc.Arbitrary<Partial<Tuning>> = fc.record({
  componentBits: fc.integer({ min: 1, max: 10 }),
  numberBits: fc.integer({ min: 1, max: 10 }),
  rootBits: fc.constantFrom(0, 33, 44, 50, 64),
  regroupAt: fc.constant(ALWAYS),
  block: fc.constant(2),
  bucketBits: fc.constantFrom(1, 8),
  chunkBits: fc.constantFrom(2, 14),
  releaseAt: fc.constant(0),
  shortcutBits: fc.constant(8),
  compileAt: fc.constantFrom(0, 100, Infinity),
});

const kind = fc.constantFrom(...ENGINES).map(kindOf);
const component = fc.nat(69);

type Change = (driver: LayoutDriver) => void;

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(component, fc.constantFrom(1, 1, 3, 20, 200)).map(([of, values]): Change => (driver) => {
    driver.invent(of, values);
  }),
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(), fc.constantFrom(1, 10, 100), fc.constantFrom(1, 2, 8, 70))
      .map(([seed, count, changes]): Change => (driver) => {
        driver.add(seed, count, changes);
      }),
  },
  fc.nat(39).map((node): Change => (driver) => {
    driver.crowd(node);
  }),
  fc.constant<Change>((driver) => {
    driver.regroup();
  }),
  fc.nat().map((row): Change => (driver) => {
    driver.release(row);
  }),
  fc.tuple(kind, tuning).map(([next, tuned]): Change => (driver) => {
    driver.resume(next, tuned);
  }),
);

const RUNS = Number(process.env["LAYOUT_RUNS"] ?? 200);

describe("states of 36 to 70 components", () => {
  const components = fc.integer({ min: 36, max: 70 });
  const changes = fc.array(change, { minLength: 5, maxLength: 25 });
  prop.prop([components, kind, tuning, changes], { numRuns: RUNS })(
    "are what they were after any changes of layout",
    (count, first, tuned, all) => {
      const driver = new LayoutDriver(count, first, tuned);
      for (const next of all) {
        next(driver);
        driver.expectAll();
      }
    },
    300_000 + 2000 * RUNS,
  );
});
