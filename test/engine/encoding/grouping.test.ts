/**
 * Which components are interned together, against all ways to cut their order into runs: the cheapest one is taken, by a
 * count of distinct words that is made with a set of strings here.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { cheapestGroups, type Group } from "../../../src/engine/encoding/grouping.js";
import { fitsLeaf } from "../../../src/engine/memory/state-layout.js";

/** What a group costs per state, as grouping.ts says. */
const BITS_PER_WORD = 40;
const BITS_PER_GROUP = 4;

interface Measured {
  /** `samples[c][i]`: component c of state i. */
  readonly samples: readonly Uint32Array[];
  /** Bits per component. */
  readonly widths: readonly number[];
  readonly order: readonly number[];
}

function distinctWords({ samples }: Measured, components: readonly number[]): number {
  const states = samples[0] as Uint32Array;
  return new Set([...states.keys()].map((state) => components.map((one) => samples[one]?.[state]).join()))
    .size;
}

function costOf(of: Measured, groups: readonly (readonly number[])[]): number {
  const states = (of.samples[0] as Uint32Array).length;
  return groups.reduce((sum, group) => {
    const words = distinctWords(of, group);
    return sum + Math.log2(words) + (words / states) * BITS_PER_WORD + BITS_PER_GROUP;
  }, 0);
}

/** All ways to cut an order into runs that fit a leaf word. */
function cuts({ widths }: Measured, order: readonly number[]): number[][][] {
  if (order.length === 0) return [[]];
  return order.flatMap((_, i) => {
    const first = order.slice(0, i + 1);
    if (!fitsLeaf(first.map((one) => widths[one] as number))) return [];
    return cuts({ samples: [], widths, order }, order.slice(i + 1)).map((rest) => [first, ...rest]);
  });
}

const components = (groups: readonly Group[]) => groups.map((group) => [...group.components]);

const measured: fc.Arbitrary<Measured> = fc
  .record({ count: fc.integer({ min: 1, max: 7 }), states: fc.integer({ min: 1, max: 40 }) })
  .chain(({ count, states }) =>
    fc.record({
      samples: fc.array(
        fc
          .array(fc.nat({ max: 5 }), { minLength: states, maxLength: states })
          .map((ids) => Uint32Array.from(ids)),
        { minLength: count, maxLength: count },
      ),
      widths: fc.array(fc.integer({ min: 3, max: 31 }), { minLength: count, maxLength: count }),
      order: fc.shuffledSubarray(
        Array.from({ length: count }, (_, i) => i),
        { minLength: 1 },
      ),
    }),
  );

describe("the cheapest groups", () => {
  prop.prop([measured])("are no dearer than any other ones, and every component is in one", (of) => {
    const groups = cheapestGroups(of.samples, of.widths, of.order);
    const cheapest = Math.min(...cuts(of, of.order).map((cut) => costOf(of, cut)));
    expect(components(groups).flat()).toEqual(of.order);
    expect(costOf(of, components(groups))).toBeCloseTo(cheapest, 9);
  });

  prop.prop([measured])("come with how many distinct words they make", (of) => {
    for (const { components: group, words } of cheapestGroups(of.samples, of.widths, of.order)) {
      expect(words).toBe(distinctWords(of, group));
    }
  });

  test("keep together what changes together", () => {
    // Two components that say the same, then two others that do; nothing else is related.
    const states = 400;
    const column = (value: (state: number) => number) =>
      Uint32Array.from({ length: states }, (_, state) => value(state));
    const slow = (state: number) => Math.floor(state / 20);
    const fast = (state: number) => state % 20;
    const samples = [slow, slow, fast, fast].map(column);
    const groups = cheapestGroups(samples, [6, 6, 6, 6], [0, 1, 2, 3]);
    expect(groups).toEqual([
      { components: [0, 1], words: 20 },
      { components: [2, 3], words: 20 },
    ]);
  });
});
