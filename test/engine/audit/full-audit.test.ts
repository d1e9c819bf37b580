/**
 * The full audit makes the search again: on random systems it has nothing to say, however they end.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { explore } from "../../../src/engine/explore.js";
import type { Watch } from "../../../src/engine/explore.js";
import { COMPILED, ENGINES, isMarked, MARKS, NOTHING, TIGHT } from "../../support/engine/engine-ways.js";
import { randomSystem } from "../../support/systems/random-system.js";
import { ring } from "../../support/systems/ring.js";

const CORNER: Watch = {
  goals: [{ transitions: [isMarked], states: [(read) => read(1) === 1 && read(2) === 2] }],
  cycles: [],
  witnesses: [isMarked],
};

describe.each(ENGINES)("%s", (engine) => {
  const maxStates = fc.integer({ min: 1, max: 90 });
  prop.prop([randomSystem, fc.constantFrom(NOTHING, MARKS, CORNER), maxStates], { numRuns: 150 })(
    "random systems, with rules, bounds and states from which nothing can happen",
    (system, watch, most) => {
      const tuning = { ...TIGHT, componentBits: 1, numberBits: 1, regroupAt: [2, 4, 8] };
      const { audit, end, states, transitions } = explore(system, watch, {
        engine,
        tuning,
        maxStates: most,
        audit: "full",
      });
      expect(audit.mode).toBe("full");
      expect(audit.transitions).toBeLessThanOrEqual(transitions);
      if (end.kind === "complete") expect(audit).toEqual({ mode: "full", states, transitions });
    },
  );

  test("a wide ring", () => {
    const { audit } = explore(ring(12), NOTHING, { maxStates: 1e9, engine, audit: "full", tuning: COMPILED });
    expect(audit).toMatchObject({ mode: "full", states: (12 * 11 * 25) / 2 });
  });
});
