/**
 * Rings of tokens: dozens of interned parts, whose numbers outgrow their fields and take the spare bits of others. A number
 * that did not fit its field would be a state that there is not, or hide one that there is.
 */
import { describe, expect, test } from "vitest";

import { explore } from "../../src/engine/explore.js";
import type { Tuning } from "../../src/engine/api/tuning.js";
import { ENGINES, NOTHING } from "../support/engine/engine-ways.js";
import { interrupted } from "../support/engine/kept.js";
import { referenceExplore } from "../support/engine/reference-explorer.js";
import { ring } from "../support/systems/ring.js";

/** Threads take part from the first level on. */
const EAGER: Partial<Tuning> = { crewAt: 0, awaitsCrew: true, batchRows: 32, block: 256 };
const UNBOUNDED = { maxStates: 1e9 };
/** 63 * 62 / 2 pairs of places and 25 pairs of values; what the reference explorer finds, too. */
const OF_63 = { end: { kind: "complete" }, states: 48_825, transitions: 99_125, depth: 130 };

describe.each(ENGINES)("%s", (engine) => {
  test.each([36, 46, 58, 60, 61, 62, 64, 66, 69])("a ring of %d places", (places) => {
    const { states, transitions, depth } = referenceExplore(ring(places));
    const found = explore(ring(places), NOTHING, { ...UNBOUNDED, engine });
    expect(found).toMatchObject({ end: { kind: "complete" }, states, transitions, depth });
  });

  test("a ring of 63 places, to the last transition", () => {
    expect(explore(ring(63), NOTHING, { ...UNBOUNDED, engine })).toMatchObject(OF_63);
  });

  test.each([20, 70, 100])("a ring of 63 places that goes on from level %d", (level) => {
    const { left } = interrupted(ring(63), NOTHING, { engine }, level);
    if (left === undefined) throw new Error(`the search ended before level ${level}`);
    const found = explore(ring(63), NOTHING, { ...UNBOUNDED, engine, from: left });
    expect(found).toMatchObject(OF_63);
  });

  test("a ring of 63 places, in batches by two threads", () => {
    const found = explore(ring(63), NOTHING, { ...UNBOUNDED, engine, jobs: 2, tuning: EAGER });
    expect(found).toMatchObject(OF_63);
  });
});
