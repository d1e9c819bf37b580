/**
 * How the plain kernel adds a root word to the visited set (visited-format.ts); wasm/visited.ts does the same.
 *
 * Every successor comes here: it is one function that makes no objects, and what it says is a number.
 */
import { R } from "../../memory/control-block.js";
import { hashOf } from "../../memory/hash.js";
import { bucketOf, leftBitsOf, restHigh, restLow, strideOf, TABLE } from "../../memory/visited-format.js";
import { maskOf } from "../../memory/words.js";

const BUCKET_WORDS = TABLE.bucketBytes / 4;

/** The word is in the set already; it was not, and is now; there is no place for it. */
export const OLD = 0;
export const NEW = 1;
export const FULL = 2;

/**
 * Adds a root word with its place: old, new or full.
 * @param segments the address of the directory
 */
export function add(words: Int32Array, segments: number, low: number, high: number, place: number): number {
  const buckets = words[R.buckets] as number;
  const left = leftBitsOf(buckets);
  const isWide = words[R.wideEntries] === 1;
  const [rest, upperRest] = [restLow(low, high), restHigh(high)];
  const segment = (segments >>> 2) + (place >>> TABLE.withinBits);
  const base = (words[segment] as number) >>> 2;
  let bucket = bucketOf(place & maskOf(TABLE.withinBits), buckets);
  const saysLow = (rest << left) | (place & maskOf(left));
  const saysHigh = left === 0 ? upperRest : (upperRest << left) | (rest >>> (32 - left));
  const entryHigh = (saysHigh << TABLE.strideBits) | (saysLow >>> (32 - TABLE.strideBits));
  for (let strides = 1; strides <= TABLE.maxStrides; strides++) {
    const entry = (saysLow << TABLE.strideBits) | strides;
    const from = base + bucket * BUCKET_WORDS;
    if (isWide) {
      for (let at = from; at < from + BUCKET_WORDS; at += 2) {
        if (words[at] === entry && words[at + 1] === entryHigh) return OLD;
        if (words[at] !== 0) continue;
        words[at] = entry;
        words[at + 1] = entryHigh;
        return NEW;
      }
    } else {
      for (let at = from; at < from + BUCKET_WORDS; at++) {
        if (words[at] === entry) return OLD;
        if (words[at] !== 0) continue;
        words[at] = entry;
        return NEW;
      }
    }
    bucket = (bucket + strideOf(hashOf(saysLow << TABLE.strideBits, entryHigh), buckets)) % buckets;
  }
  return FULL;
}
