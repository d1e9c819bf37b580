/**
 * How a segment of the visited set (kernel.ts) gets larger, in plain TypeScript; wasm-split.ts does the same.
 */
import { SEGMENT_BITS } from "./control.js";
import { hashOf } from "./hash.js";
import { strideOf, TABLE } from "./kernel.js";
import { maskOf } from "./words.js";

const STRIDES = maskOf(TABLE.strideBits);
const BUCKET_WORDS = TABLE.bucketBytes / 4;

/**
 * Enters what is in a segment in another one of twice as many buckets: from bucket b in 2b and 2b + 1, unless it is
 * strides away from home. False if something has no place.
 * @param from the segment, by word
 * @param to the other one, empty
 * @param bucketBits log2 of the buckets of all segments of the other one's size
 */
export function split(
  words: Int32Array,
  from: number,
  to: number,
  bucketBits: number,
  isWide: boolean,
): boolean {
  const step = isWide ? 2 : 1;
  const buckets = 2 ** (bucketBits - SEGMENT_BITS);
  /** Bits of `left` in a new entry; an old one has one more. */
  const left = TABLE.homeBits - bucketBits;
  for (let old = 0; old < buckets / 2; old++) {
    const end = from + (old + 1) * BUCKET_WORDS;
    // Buckets are filled from the front.
    for (let at = end - BUCKET_WORDS; at < end && words[at] !== 0; at += step) {
      const entry = words[at] as number;
      const entryHigh = isWide ? (words[at + 1] as number) : 0;
      const low = (entry >>> TABLE.strideBits) | (entryHigh << (32 - TABLE.strideBits));
      const high = entryHigh >>> TABLE.strideBits;
      const restLow = (low >>> (left + 1)) | (high << (31 - left));
      const restHigh = high >>> (left + 1);
      const strides = (entry & STRIDES) - 1;
      const home = strides === 0 ? old : old - strides * strideOf(hashOf(restLow, restHigh));
      const saysLow = (restLow << left) | (low & maskOf(left));
      const saysHigh = left === 0 ? restHigh : (restHigh << left) | (restLow >>> (32 - left));
      let bucket = (2 * home + ((low >>> left) & 1)) & (buckets - 1);
      let turn = 1;
      let slot = freeSlot(words, to + bucket * BUCKET_WORDS, step);
      for (; slot < 0; slot = freeSlot(words, to + bucket * BUCKET_WORDS, step)) {
        if (++turn > TABLE.maxStrides) return false;
        bucket = (bucket + strideOf(hashOf(restLow, restHigh))) & (buckets - 1);
      }
      words[slot] = (saysLow << TABLE.strideBits) | turn;
      if (isWide) words[slot + 1] = (saysHigh << TABLE.strideBits) | (saysLow >>> (32 - TABLE.strideBits));
    }
  }
  return true;
}

function freeSlot(words: Int32Array, bucket: number, step: number): number {
  for (let slot = bucket; slot < bucket + BUCKET_WORDS; slot += step) {
    if (words[slot] === 0) return slot;
  }
  return -1;
}
