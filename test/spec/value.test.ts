/**
 * Keys decide which states are one, so they must agree with equality of values in both directions.
 */
import { isDeepStrictEqual } from "node:util";
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";

import { activation } from "../../src/spec/activation.js";
import { frozen, keyOf, type Value } from "../../src/spec/value.js";
import { readKey } from "../support/readers/key-reader.js";

/** Names that look like something else where they are not quoted, and those that are ordinary. */
const field = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "PMCR",
    "0",
    "1n",
    "a:1,b",
    "a:1",
    "b:[",
    '"a"',
    "a\n",
    "",
    " a",
    "}",
    "#1",
    "__proto__",
  ),
  fc.string({ unit: "binary" }),
);

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
    fc.double().map((number) => number + 0),
    fc.bigInt(),
    fc.string({ unit: "binary" }),
    fc.array(tie("value")),
    fc.dictionary(field, tie("value"), { noNullPrototype: true }),
  ),
}));

/** The same value, with the fields of all its objects written in the opposite order. */
function turned(of: Value): Value {
  if (typeof of !== "object" || of === null) return of;
  if (Array.isArray(of)) return of.map(turned);
  // A field called __proto__ becomes one by this, too.
  return Object.fromEntries(
    Object.entries(of)
      .reverse()
      .map(([name, inside]) => [name, turned(inside)]),
  );
}

describe("keyOf", () => {
  test.prop([value], { numRuns: 2000 })("says all of a value: it can be read back", (one) => {
    expect(isDeepStrictEqual(readKey(keyOf(one)), one)).toBe(true);
  });

  test.prop([value], { numRuns: 500 })("does not depend on the order in which fields were written", (one) => {
    expect(keyOf(turned(one))).toBe(keyOf(one));
  });

  test.prop([value, value], { numRuns: 2000 })("is equal exactly for equal values", (a, b) => {
    expect(keyOf(a) === keyOf(b)).toBe(isDeepStrictEqual(a, b));
  });

  test("tells null from 0, from undefined and from their names", () => {
    const keys = [null, 0, undefined, "null", "0", "n", 0n, false].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("tells a field from two, whatever it is called", () => {
    expect(keyOf({ "a:1,b": 2 })).not.toBe(keyOf({ a: 1, b: 2 }));
    expect(keyOf({ '"a:1,b"': 2 })).not.toBe(keyOf({ "a:1,b": 2 }));
    expect(keyOf(JSON.parse('{"__proto__":1}'))).not.toBe(keyOf({}));
  });

  test("takes -0 for 0, as === does, and NaN for itself", () => {
    expect(keyOf(-0)).toBe(keyOf(0));
    expect(keyOf(NaN)).toBe(keyOf(NaN));
  });

  test("leaves ordinary names as they are: keys are short, and read in messages", () => {
    expect(keyOf({ PMCR: 1, sample_period: [2n], 23: "x" })).toBe('{23:"x",PMCR:1,sample_period:[2n]}');
  });
});

describe.each([
  ["keyOf", keyOf],
  ["frozen", frozen],
] as const)("%s refuses what is not plain data, at any depth", (_, takes) => {
  const hole: Value[] = [];
  hole.length = 2;
  hole[1] = 1;

  test.each<readonly [string, unknown]>([
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a Map", new Map()],
    ["an array with holes", hole],
  ])("%s", (name, what) => {
    expect(() => takes(what)).toThrow(TypeError);
    expect(() => takes({ in: [what] })).toThrow(`${name} cannot be part of a state: only plain data can`);
  });
});

test.prop([value])("frozen takes what has a key", (one) => {
  expect(frozen(one)).toBe(one);
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
