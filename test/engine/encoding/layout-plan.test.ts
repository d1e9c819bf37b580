/**
 * When a state is one word, and when it is made of interned ones.
 */
import { describe, expect, test } from "vitest";

import { DEFAULT_TUNING } from "../../../src/engine/api/tuning.js";
import { explore } from "../../../src/engine/explore.js";
import { LayoutPlan } from "../../../src/engine/encoding/layout-plan.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { ENGINES, NOTHING } from "../../support/engine/engine-ways.js";

const counts = (components: number, values: number) => Array.from({ length: components }, () => values);

/** Two states that differ in every component. */
const samples = (components: number) => () => counts(components, 0).map(() => Uint32Array.of(0, 1));

/** Bits of the root word and interned parts, after what there are values for is known and groups are made for it. */
function planned(components: number, values: number) {
  const plan = new LayoutPlan(components, DEFAULT_TUNING, []);
  const first = plan.layout();
  plan.narrow(counts(components, values));
  const isOther = plan.group(samples(components), first);
  const { nodes, rootBits } = plan.layout();
  return { isOther, parts: nodes.length, rootBits };
}

describe("a state that fits one short word is one", () => {
  test("with a bit to spare for each component, if there are few", () => {
    expect(planned(12, 8)).toEqual({ isOther: true, parts: 0, rootBits: 48 });
  });

  test("without, if that is what it takes: 17 components with four values", () => {
    expect(planned(17, 4)).toEqual({ isOther: true, parts: 0, rootBits: 44 });
  });

  test("also if it was one that was long: 8 components of 8 bits", () => {
    expect(planned(8, 4)).toEqual({ isOther: true, parts: 0, rootBits: 44 });
  });

  test("a longer one is made of parts", () => {
    expect(planned(17, 8).parts).toBeGreaterThan(1);
  });

  test("one more value makes room for that alone, where room for all would make it long", () => {
    const plan = new LayoutPlan(17, DEFAULT_TUNING, []);
    plan.narrow(counts(17, 4));
    plan.group(samples(17), plan.layout());
    plan.widen([5, ...counts(16, 4)]);
    const { fields, nodes } = plan.layout();
    expect(nodes).toEqual([]);
    expect(fields.every(({ width }, i) => width >= (i === 0 ? 3 : 2))).toBe(true);
  });
});

describe.each(ENGINES)("%s", (engine) => {
  test("a state of eight small components takes hardly more than its bits", () => {
    const SIDE = 5;
    const cube: TransitionSystem = {
      components: Array.from({ length: 8 }, (_, i) => `c${i}`),
      initial: counts(8, 0),
      processes: Array.from({ length: 8 }, (_, i) => `p${i}`),
      fair: [],
      run: (process, read) => [
        { writes: new Map([[process, (Number(read(process)) + 1) % SIDE]]), observations: [] },
      ],
    };
    const { states, transitions, bytes } = explore(cube, NOTHING, { maxStates: 1e9, engine });
    expect({ states, transitions }).toEqual({ states: SIDE ** 8, transitions: 8 * SIDE ** 8 });
    // Of which the tree takes two bits per transition.
    expect(bytes / states).toBeLessThan(20);
  });
});
