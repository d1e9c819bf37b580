/**
 * How a segment of the visited set (visited-format.ts) gets larger, in plain TypeScript; wasm/split.ts does the same.
 */
import { hashOf } from "../../memory/hash.js";
import { bucketOf, firstWithin, leftBitsOf, strideOf, TABLE } from "../../memory/visited-format.js";
import { maskOf } from "../../memory/words.js";

const STRIDES = maskOf(TABLE.strideBits);
const BUCKET_WORDS = TABLE.bucketBytes / 4;

/**
 * Goes through a segment from front to back.
 * @param from the segment, by word
 */
export function readSegment(
  words: Int32Array,
  from: number,
  buckets: number,
  isWide: boolean,
  visit: (within: number, restLow: number, restHigh: number) => void,
): void {
  const step = isWide ? 2 : 1;
  const left = leftBitsOf(buckets);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = firstWithin(bucket, buckets);
    const end = from + (bucket + 1) * BUCKET_WORDS;
    // Buckets are filled from the front.
    for (let at = end - BUCKET_WORDS; at < end && words[at] !== 0; at += step) {
      const entry = words[at] as number;
      const entryHigh = isWide ? (words[at + 1] as number) : 0;
      const low = (entry >>> TABLE.strideBits) | (entryHigh << (32 - TABLE.strideBits));
      const high = entryHigh >>> TABLE.strideBits;
      const restLow = left === 0 ? low : (low >>> left) | (high << (32 - left));
      const restHigh = high >>> left;
      const strides = (entry & STRIDES) - 1;
      let firstOfHome = first;
      if (strides > 0) {
        const back = strides * strideOf(hashOf(entry & ~STRIDES, entryHigh), buckets);
        firstOfHome = firstWithin((((bucket - back) % buckets) + buckets) % buckets, buckets);
      }
      visit(firstOfHome + ((low - firstOfHome) & maskOf(left)), restLow, restHigh);
    }
  }
}

/**
 * Enters what is in a segment in a larger one, whatever is in that. False if something has no place.
 * @param from the segment, by word, and its number of buckets
 * @param to the other one
 */
export function split(
  words: Int32Array,
  from: readonly [at: number, buckets: number],
  to: readonly [at: number, buckets: number],
  isWide: boolean,
): boolean {
  const step = isWide ? 2 : 1;
  const [at, buckets] = to;
  const left = leftBitsOf(buckets);
  words.fill(0, at, at + buckets * BUCKET_WORDS);
  let hasRoom = true;
  readSegment(words, ...from, isWide, (within, restLow, restHigh) => {
    const saysLow = (restLow << left) | (within & maskOf(left));
    const saysHigh = left === 0 ? restHigh : (restHigh << left) | (restLow >>> (32 - left));
    const says = saysLow << TABLE.strideBits;
    const entryHigh = (saysHigh << TABLE.strideBits) | (saysLow >>> (32 - TABLE.strideBits));
    let bucket = bucketOf(within, buckets);
    let strides = 1;
    let slot = freeSlot(words, at + bucket * BUCKET_WORDS, step);
    for (; slot < 0 && strides < TABLE.maxStrides; strides++) {
      bucket = (bucket + strideOf(hashOf(says, entryHigh), buckets)) % buckets;
      slot = freeSlot(words, at + bucket * BUCKET_WORDS, step);
    }
    if (slot < 0) {
      hasRoom = false;
      return;
    }
    words[slot] = says | strides;
    if (isWide) words[slot + 1] = entryHigh;
  });
  return hasRoom;
}

function freeSlot(words: Int32Array, bucket: number, step: number): number {
  for (let slot = bucket; slot < bucket + BUCKET_WORDS; slot += step) {
    if (words[slot] === 0) return slot;
  }
  return -1;
}
