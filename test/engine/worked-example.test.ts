/** The numbers of the worked example in src/engine/README.md. */
import { expect, test } from "vitest";
import { add, NEW, OLD } from "../../src/engine/kernel/plain/visited.js";
import { R } from "../../src/engine/memory/control-block.js";
import { hashOf } from "../../src/engine/memory/hash.js";
import {
  bucketOf,
  homeOf,
  leftBitsOf,
  placeOf,
  restLow,
  TABLE,
} from "../../src/engine/memory/visited-format.js";

const BUCKETS = 64;
const ROOT_WORD = 0x1640_3802;

test("three ids in fields of 11, 11 and 10 bits are the root word", () => {
  expect(2 | (7 << 11) | (89 << 22)).toBe(ROOT_WORD);
});

test("the root word has this place, and the place gives it back", () => {
  const rest = restLow(ROOT_WORD, 0);
  expect(rest).toBe(1);
  const place = placeOf(ROOT_WORD, 0);
  expect(place).toBe(0x6c2_a07d);
  const home = homeOf(place, hashOf(rest, 0));
  expect(home).toBe(0x640_3802);
  expect(((rest << TABLE.homeBits) | home) >>> 0).toBe(ROOT_WORD);
});

test("the entry is in this bucket of this segment", () => {
  const place = placeOf(ROOT_WORD, 0);
  const [segment, within] = [place >>> TABLE.withinBits, place & 0x3f_ffff];
  expect([segment, within]).toEqual([27, 0x2_a07d]);
  expect([bucketOf(within, BUCKETS), leftBitsOf(BUCKETS)]).toEqual([2, 16]);

  const directory = 64;
  const words = new Int32Array(directory + 64 + BUCKETS * 16);
  words[R.buckets] = BUCKETS;
  words[directory + segment] = (directory + 64) * 4;
  expect(add(words, directory * 4, ROOT_WORD, 0, place)).toBe(NEW);
  expect(words[directory + 64 + 2 * 16]).toBe(0x1a_07d1);
  expect(add(words, directory * 4, ROOT_WORD, 0, place)).toBe(OLD);
});
