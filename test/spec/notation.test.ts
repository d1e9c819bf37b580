/**
 * Values in the words of the kernel and of Arm: what a reader of a trace looks up in the C.
 */
import { describe, expect, test } from "vitest";

import { decimal, flagsOf, hexadecimal, oneOf, registerOf } from "../../src/spec/notation.js";

describe("flags", () => {
  const event_type = flagsOf({ EVENT_ALL: 3, EVENT_FLEXIBLE: 1, EVENT_PINNED: 2, EVENT_CPU: 8 });

  test.each([
    [0, "0"],
    [2, "EVENT_PINNED"],
    [3, "EVENT_ALL"],
    [11, "EVENT_ALL|EVENT_CPU"],
    [0x21, "EVENT_FLEXIBLE|0x20"],
    [2n, "EVENT_PINNED"],
    [null, "NULL"],
  ])("%s is %s", (value, text) => {
    expect(event_type(value)).toBe(text);
  });
});

test("an enumerator has its name, and a number that is none of them stays", () => {
  const state = oneOf({ OFF: -1, INACTIVE: 0 });
  expect([-1, 0, 7].map(state)).toEqual(["OFF", "INACTIVE", "7"]);
});

test("hexadecimal and decimal do not depend on the size", () => {
  expect([65, 1n, -3, 0xffff_ffff_ffff_fffcn].map(hexadecimal)).toEqual([
    "0x41",
    "0x1",
    "-0x3",
    "0xfffffffffffffffc",
  ]);
  expect([4n, -1n, 0x7fff_ffffn].map(decimal)).toEqual(["4", "-1", "2147483647"]);
});

test("a register says which fields are 1, and those of interest in any case", () => {
  const PMCR = registerOf({ E: 1, P: 2, LC: 64 }, ["E"]);
  expect([0x41, 0x40, 0].map(PMCR)).toEqual(["0x41 (E=1 LC=1)", "0x40 (E=0 LC=1)", "0x0 (E=0)"]);
  expect(registerOf({ P: 2 })(0)).toBe("0x0");
});
