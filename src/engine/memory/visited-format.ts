/**
 * The format of the visited set: exact, although an entry is shorter than the state it stands for.
 *
 * A root word is home = low 28 bits and rest = the others. place = scattered(home ^ hash(rest)), in 28 bits, and rest give
 * the word back:
 *
 *   place    | segment, 6 bits | within, 22 bits |
 *   bucket   within * buckets / 2^22, of the segment's, rounded down; left: the lowest bits of within, as many as tell
 *            apart what falls into one bucket
 *   entry    | rest | left | strides + 1, 4 bits |
 *   bucket   | 16 entries of 32 bits |  or  | 8 entries of 64 bits |     64 bytes, filled from the front; 0 is free
 *
 * Everything fits: of 64 bits there are at most 36 of rest, 22 of left (one bucket) and 4, of an entry of 64. Entries of 32
 * bits are only made where rest and left have 28 at most (visited-set.ts, shapeFor).
 *
 * Where the bucket is full the entry goes some strides further, within the segment; how far is in the entry, and the
 * stride depends on what else the entry says (rest alone may be the same in all words, if these are short). So where an entry is and what it says give the word back, and no two words have the same
 * entry. With more buckets everything is in the same order, so that the set grows from front to back, and without looking
 * at states. (Homes are fields with numbers in them, of which small ones are frequent: one odd factor would leave the
 * pattern in them, so scattering is a product, a shift and a product, each of which can be undone.)
 */
import { SEGMENT_BITS } from "./control-block.js";
import { hashOf } from "./hash.js";
import { maskOf } from "./words.js";

const HOME_BITS = 28;
const WITHIN_BITS = HOME_BITS - SEGMENT_BITS;

export const TABLE = {
  bucketBytes: 64,
  homeBits: HOME_BITS,
  withinBits: WITHIN_BITS,
  strideBits: 4,
  maxStrides: 15,
  /** Where in a hash its part of the stride is. */
  strideShift: 16,
  strideWidth: 12,
  /** 2^28 by the golden ratio; and another one. */
  firstFactor: 165_902_235,
  secondFactor: 178_405_363,
  /** Half of the bits: what is shifted twice is gone. */
  shift: HOME_BITS / 2,
} as const;

const HOME_MASK = maskOf(HOME_BITS);
const FIRST_INVERSE = inverseOf(TABLE.firstFactor);
const SECOND_INVERSE = inverseOf(TABLE.secondFactor);

/** The lower half of what is not the home of a word, and the upper one. */
export function restLow(low: number, high: number): number {
  return (low >>> HOME_BITS) | (high << (32 - HOME_BITS));
}

export function restHigh(high: number): number {
  return high >>> HOME_BITS;
}

/** The place of a word. */
export function placeOf(low: number, high: number): number {
  const hash = hashOf(restLow(low, high), restHigh(high));
  const product = Math.imul(low ^ hash, TABLE.firstFactor) & HOME_MASK;
  return Math.imul(product ^ (product >>> TABLE.shift), TABLE.secondFactor) & HOME_MASK;
}

/** The home of the word with this place and this hash of its rest. */
export function homeOf(place: number, hash: number): number {
  const mixed = Math.imul(place, SECOND_INVERSE) & HOME_MASK;
  const product = mixed ^ (mixed >>> TABLE.shift);
  return (Math.imul(product, FIRST_INVERSE) ^ hash) & HOME_MASK;
}

/** How many bits are left of a place within a segment of so many buckets. */
export function leftBitsOf(buckets: number): number {
  return WITHIN_BITS - (31 - Math.clz32(buckets));
}

export function bucketOf(within: number, buckets: number): number {
  return Math.floor((within * buckets) / 2 ** WITHIN_BITS);
}

/** The first place within its segment that belongs to a bucket. */
export function firstWithin(bucket: number, buckets: number): number {
  return Math.ceil((bucket * 2 ** WITHIN_BITS) / buckets);
}

/** Less than there are buckets, unless there is only one; odd, or it would soon be back where it was. */
export function strideOf(hash: number, buckets: number): number {
  const part = (hash >>> TABLE.strideShift) & maskOf(TABLE.strideWidth);
  return Math.floor((part * (buckets - 1)) / 2 ** TABLE.strideWidth) | 1;
}

/** Of an odd number, modulo 2^32: every step doubles how many of the bits are right. */
function inverseOf(factor: number): number {
  let inverse = factor;
  for (let right = 3; right < 32; right *= 2) inverse = Math.imul(inverse, 2 - Math.imul(factor, inverse));
  return inverse;
}
