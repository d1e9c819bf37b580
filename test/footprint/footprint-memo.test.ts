import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { FootprintMemo, type IdOf } from "../../src/footprint/footprint-memo.js";
import { InternedValues, written } from "../../src/footprint/interned-values.js";

/** Component 2 decides whether component 5 is read; what component 0 is does not matter. */
function decides(idOf: IdOf): string {
  return idOf(2) === 0 ? "no" : `yes ${idOf(5)} ${idOf(2)}`;
}

describe("a footprint memo", () => {
  test("gives the function's own answer in every state, and runs it once per footprint", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }), { maxLength: 40 }),
        (states) => {
          let runs = 0;
          const memo = new FootprintMemo("decides", (idOf) => {
            runs++;
            return decides(idOf);
          });
          const asked = states.map((ids) => memo.at((component) => ids[component] as number));
          expect(asked).toEqual(states.map((ids) => decides((component) => ids[component] as number)));
          const footprints = new Set(states.map((ids) => (ids[2] === 0 ? "0" : `${ids[2]} ${ids[5]}`)));
          expect(runs).toBe(footprints.size);
        },
      ),
    );
  });

  test("reads what the function reads and nothing else, whether the answer is known or not", () => {
    const memo = new FootprintMemo("decides", decides);
    const readsOf = (ids: readonly number[]) => {
      const reads: number[] = [];
      memo.at((component) => {
        reads.push(component);
        return ids[component] as number;
      });
      return [...new Set(reads)];
    };
    for (const _ of [1, 2]) {
      expect(readsOf([9, 9, 1, 9, 9, 7])).toEqual([2, 5]);
      expect(readsOf([9, 9, 0, 9, 9, 7])).toEqual([2]);
    }
  });

  test("refuses a function whose next read depends on more than its reads, by name", () => {
    let first = 0;
    const memo = new FootprintMemo("cpu0", (idOf) => idOf(first++) + idOf(7));
    memo.at(() => 0);
    expect(() => memo.at((component) => (component === 7 ? 1 : 0))).toThrow(
      "cpu0 is not deterministic: asked again, it read its components in another order",
    );
  });
});

describe("interned values", () => {
  test("equal values of a component have one id, in order of first sight; components count for themselves", () => {
    const values = new InternedValues(["a", "b"]);
    expect(values.idsOf([{ x: 1, y: 2 }, "v"])).toEqual([0, 0]);
    expect(values.idOf(0, { y: 2, x: 1 })).toBe(0);
    expect(values.idOf(0, "v")).toBe(1);
    expect(values.counts).toEqual([2, 1]);
    expect(values.valueOf(0, 0)).toEqual({ x: 1, y: 2 });
    expect(() => values.idOf(2, 0)).toThrow(RangeError);
  });

  test("a transition's writes go into a state by component", () => {
    const values = new InternedValues(["a", "b", "c"]);
    const ids = values.idsOf([10, 20, 30]);
    const writes = values.writesOf(
      new Map([
        [2, 31],
        [0, 10],
      ]),
    );
    expect(writes).toEqual([2, 1, 0, 0]);
    expect(written(ids, writes)).toEqual([0, 0, 1]);
    expect(ids).toEqual([0, 0, 0]);
  });
});
