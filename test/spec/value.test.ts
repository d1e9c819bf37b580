/**
 * Keys decide which states are one, so they must agree with equality of values in both directions.
 */
import { isDeepStrictEqual } from "node:util";
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";

import { activation } from "../../src/spec/activation.js";
import { keyOf, type Value } from "../../src/spec/value.js";

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Value>(
      undefined,
      null,
      true,
      false,
      0,
      1,
      -1,
      0n,
      1n,
      "",
      "0",
      "n",
      "u",
      "t",
      "0n",
      "[]",
      "{}",
    ),
    fc.integer(),
    fc.bigInt(),
    fc.string(),
    fc.array(tie("value")),
    fc.dictionary(fc.string(), tie("value"), { noNullPrototype: true }),
  ),
}));

describe("keyOf", () => {
  test.prop([value, value], { numRuns: 2000 })("is equal exactly for equal values", (a, b) => {
    expect(keyOf(a) === keyOf(b)).toBe(isDeepStrictEqual(a, b));
  });

  test("tells null from 0, from undefined and from their names", () => {
    const keys = [null, 0, undefined, "null", "0", "n", 0n, false].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("does not depend on the order in which fields were written", () => {
    expect(keyOf({ a: 1, b: { c: 2, d: 3 } })).toBe(keyOf({ b: { d: 3, c: 2 }, a: 1 }));
  });

  test("refuses what is not plain data", () => {
    expect(() => keyOf(() => 1)).toThrow(TypeError);
    expect(() => keyOf(new Map())).toThrow("a Map cannot be part of a state");
  });
});

describe("activation", () => {
  test.prop([fc.string(), fc.array(value), fc.array(value)])(
    "is one object for the same function, arguments and observations",
    (name, args, observed) => {
      const make = () => observed.reduce((at, seen: Value) => at.observe(seen), activation(name, args));
      const made = make();
      expect(make()).toBe(made);
      expect(made.observed).toEqual(observed);
    },
  );

  test("differs when an observation differs", () => {
    expect(activation("f", []).observe(null)).not.toBe(activation("f", []).observe(0));
  });
});
