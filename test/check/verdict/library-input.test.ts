/**
 * What a user of the library may pass, and a model may leave in its states.
 */
import { describe, expect, test } from "vitest";

import { witnesses } from "../../../properties/catalogue.js";
import { check } from "../../../src/check/verdict/check.js";
import { frozen } from "../../../src/spec/value.js";
import { resolve } from "../../support/models/checks.js";

describe("a limit that is none is refused", () => {
  test.each([
    ["maxStates", NaN],
    ["maxStates", -1],
    ["maxStates", 0],
    ["maxStates", 1.5],
    ["maxBytes", NaN],
    ["jobs", -1],
  ])("%s = %d", (name, value) => {
    const request = { ...resolve({ scenario: "one-cpu" }), witnesses, maxStates: 10, [name]: value };
    expect(() => check(request)).toThrow(`${name} is ${value}: it takes a whole number from 1 on`);
  });
});

describe("what a key does not show cannot be part of a state", () => {
  test.each<readonly [string, object]>([
    ["a symbol", { [Symbol("hidden")]: 1 }],
    ["a hidden field", Object.defineProperty({}, "hidden", { value: 1 })],
    [
      "a getter",
      {
        get now() {
          return 1;
        },
      },
    ],
    ["an array's own field", Object.assign([1], { extra: 2 })],
  ])("%s", (_, value) => {
    expect(() => frozen({ value })).toThrow(/cannot be part of a state/);
  });
});
