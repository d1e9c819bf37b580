/**
 * The format of the visited set, against what it is for: an entry and where it is give the word back. If they did not,
 * two states would be taken for one, and what lies behind one of them would never be looked at.
 *
 * Kernels read and write this format with code of their own; whole searches compare those.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { SEGMENT_BITS, SEGMENTS } from "../../../src/engine/memory/control-block.js";
import { hashOf } from "../../../src/engine/memory/hash.js";
import {
  bucketOf,
  firstWithin,
  homeOf,
  leftBitsOf,
  placeOf,
  restHigh,
  restLow,
  strideOf,
  TABLE,
} from "../../../src/engine/memory/visited-format.js";
import { distinct, numbers, randomWords, type Word } from "../../support/engine/engine-room.js";

const WITHIN = 2 ** TABLE.withinBits;
const powers = Array.from({ length: TABLE.withinBits + 1 }, (_, bits) => 2 ** bits);
/** Buckets per segment: powers of two, and what is halfway to the next one. */
const sizes = [...powers, ...powers.slice(1, -1).map((power) => 1.5 * power)];

const size = fc.constantFrom(...sizes);
const hash = fc.integer();
const half = fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31)));
/** Of up to 64 bits. */
const word = fc.tuple(half, half, fc.integer({ min: 0, max: 64 })).map(([low, high, bits]) => {
  const cut = BigInt.asUintN(bits, bitsOf([low, high]));
  return [Number(BigInt.asIntN(32, cut)), Number(BigInt.asIntN(32, cut >> 32n))] as const;
});

function bitsOf([low, high]: Word): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

/** Where a word is in a set with room for it, and what is written there. */
interface Entry {
  readonly segment: number;
  readonly bucket: number;
  readonly left: number;
  readonly rest: Word;
}

function entryOf([low, high]: Word, buckets: number): Entry {
  const place = placeOf(low, high);
  const within = place % WITHIN;
  return {
    segment: Math.floor(place / WITHIN),
    bucket: bucketOf(within, buckets),
    left: within % 2 ** leftBitsOf(buckets),
    rest: [restLow(low, high), restHigh(high)],
  };
}

function wordOf({ segment, bucket, left, rest: [low, high] }: Entry, buckets: number): bigint {
  const modulus = 2 ** leftBitsOf(buckets);
  const first = firstWithin(bucket, buckets);
  // The one place of the bucket that ends like this.
  const within = first + ((((left - first) % modulus) + modulus) % modulus);
  const home = homeOf(segment * WITHIN + within, hashOf(low, high));
  return (bitsOf([low, high]) << BigInt(TABLE.homeBits)) | BigInt(home);
}

describe("a word", () => {
  prop.prop([word])("is its home and the rest", ([low, high]) => {
    const rest = bitsOf([restLow(low, high), restHigh(high)]);
    expect(rest).toBe(bitsOf([low, high]) >> BigInt(TABLE.homeBits));
  });

  prop.prop([word], { numRuns: 1000 })(
    "has a place, which with the rest gives the home back",
    ([low, high]) => {
      const place = placeOf(low, high);
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThan(SEGMENTS * WITHIN);
      expect(homeOf(place, hashOf(restLow(low, high), restHigh(high)))).toBe(low & (2 ** TABLE.homeBits - 1));
    },
  );

  prop.prop([word, size], { numRuns: 1000 })(
    "is given back by its entry and where that is",
    (of, buckets) => {
      const entry = entryOf(of, buckets);
      expect(entry.segment).toBeLessThan(SEGMENTS);
      expect(entry.bucket).toBeLessThan(buckets);
      expect(wordOf(entry, buckets)).toBe(bitsOf(of));
    },
  );

  // Far more of them than buckets, and small ones, of which many have the same rest.
  test.each([20, 26, 30, 64])("has an entry like no other, among 20,000 of %d bits", (bits) => {
    const words = distinct(randomWords(bits, 20_000, bits));
    for (const buckets of [1, 2, 3, 16, 24, 1024, 1.5 * 2 ** 14]) {
      const entries = words.map((one) => JSON.stringify(entryOf(one, buckets)));
      expect(new Set(entries).size).toBe(words.length);
    }
  });
});

describe.each(sizes)("%d buckets", (buckets) => {
  const chosen = Array.from({ length: 200 }, (_, i) => Math.floor((i * buckets) / 200));
  const asked = [...new Set([0, 1, buckets - 2, buckets - 1, ...chosen])].filter(
    (one) => one >= 0 && one < buckets,
  );

  test("share all places, in their order", () => {
    expect(firstWithin(0, buckets)).toBe(0);
    expect(firstWithin(buckets, buckets)).toBe(WITHIN);
    for (const bucket of asked) {
      const [first, end] = [firstWithin(bucket, buckets), firstWithin(bucket + 1, buckets)];
      expect([first, end - 1].map((within) => bucketOf(within, buckets))).toEqual([bucket, bucket]);
    }
  });

  test("leave as many bits of a place as tell apart what is in one of them, and no more", () => {
    const widths = asked.map((bucket) => firstWithin(bucket + 1, buckets) - firstWithin(bucket, buckets));
    const left = leftBitsOf(buckets);
    expect(Math.max(...widths)).toBeLessThanOrEqual(2 ** left);
    expect(Math.max(...widths)).toBeGreaterThan(2 ** (left - 1));
  });
});

describe("a stride", () => {
  prop.prop([hash, size], { numRuns: 1000 })("is odd, and less than there are buckets", (of, buckets) => {
    const stride = strideOf(of, buckets);
    expect(stride % 2).toBe(1);
    expect(stride).toBeGreaterThan(0);
    if (buckets > 1) expect(stride).toBeLessThan(buckets);
  });

  /** Sizes between powers of two are for large sets only (visited-set.ts). */
  const usual = fc.constantFrom(...sizes.filter((one) => one >= (powers.includes(one) ? 16 : 2 ** 14)));
  prop.prop([hash, usual, fc.nat()], { numRuns: 1000 })(
    "leads to another bucket every time",
    (of, buckets, from) => {
      const visited = new Set<number>();
      for (let strides = 0; strides < TABLE.maxStrides; strides++) {
        visited.add((from + strides * strideOf(of, buckets)) % buckets);
      }
      expect(visited.size).toBe(TABLE.maxStrides);
    },
  );

  test("differs where the hash does, so that words of a full bucket part", () => {
    const next = numbers(1);
    const strides = Array.from({ length: 1000 }, () => strideOf(next(), 2 ** 14));
    expect(new Set(strides).size).toBeGreaterThan(800);
    expect(Math.max(...strides)).toBeGreaterThan(2 ** 13);
  });
});

describe("places of homes that count", () => {
  /** Most entries that one of so many parts of the set would have, against an even share. */
  function crowding(homes: readonly number[], parts: number): number {
    const counts = new Uint32Array(parts);
    for (const home of homes) {
      const part = Math.floor((placeOf(home, 0) * parts) / (SEGMENTS * WITHIN));
      counts[part] = (counts[part] as number) + 1;
    }
    return (Math.max(...counts) * parts) / homes.length;
  }

  test.each([0, 1, 3, 6, 10, 12])("from bit %d on are in all segments, and all parts of them", (shift) => {
    const homes = Array.from({ length: 2 ** 14 }, (_, i) => i * 2 ** shift);
    expect(crowding(homes, SEGMENTS)).toBeLessThan(1.5);
    expect(crowding(homes, 16 * SEGMENTS)).toBeLessThan(3);
  });

  test("as two fields, too", () => {
    for (const shift of [8, 11, 14, 18]) {
      const homes = Array.from(
        { length: 2 ** 14 },
        (_, i) => (i % 2 ** 7) + Math.floor(i / 2 ** 7) * 2 ** shift,
      );
      expect(crowding(homes, SEGMENTS)).toBeLessThan(1.5);
      expect(crowding(homes, 16 * SEGMENTS)).toBeLessThan(3);
    }
  });
});

test("segments are what the upper bits of a place say", () => {
  expect(TABLE.homeBits).toBe(SEGMENT_BITS + TABLE.withinBits);
});
