/**
 * The visited set's size and shape; what is in it is said in kernel.ts, and entered by the kernels.
 *
 * It consists of segments, each a block of its own: threads that look up different segments never meet, and growing
 * takes little more memory than the larger set, because it goes segment by segment.
 */
import type { Arena } from "./arena.js";
import { R, SEGMENT_BITS, SEGMENTS, type Addresses } from "./control.js";
import { hashOf } from "./hash.js";
import { strideOf, TABLE } from "./kernel.js";
import type { Tuning } from "./tuning.js";
import { maskOf } from "./words.js";

/** Beyond this, by entries per bucket, full buckets in a row are to be expected: then there is no place for an entry. */
const MAX_LOAD: Readonly<Record<number, number>> = { 16: 0.8, 8: 0.72 };
/** What is left of a root word in a 32-bit entry. */
const NARROW_REST = 32 - TABLE.strideBits;
const WIDE_REST = 64 - TABLE.strideBits;
const STRIDES = maskOf(TABLE.strideBits);
const BUCKET_WORDS = TABLE.bucketBytes / 4;

interface Shape {
  readonly bucketBits: number;
  readonly isWide: boolean;
}

export class VisitedSet {
  readonly #arena: Arena;
  readonly #directory: number;
  readonly #leastBits: number;
  readonly #load: number;
  #shape: Shape | undefined;

  constructor(arena: Arena, { segments }: Addresses, { bucketBits, load }: Tuning) {
    this.#arena = arena;
    this.#directory = segments >>> 2;
    this.#leastBits = Math.max(SEGMENT_BITS, bucketBits);
    this.#load = load;
  }

  get bytes(): number {
    return this.#shape === undefined ? 0 : SEGMENTS * bytesOf(this.#shape);
  }

  /** Is there room for so many states? */
  hasRoomFor(states: number): boolean {
    return this.#shape !== undefined && states <= this.#load * roomOf(this.#shape);
  }

  /** An empty set with room for so many states, larger than before if `larger`. */
  allocate(states: number, rootBits: number, larger: boolean): void {
    const shape = this.#shapeFor(states, rootBits, larger);
    this.free();
    for (let segment = 0; segment < SEGMENTS; segment++) {
      this.#setAddress(segment, this.#arena.allocate(bytesOf(shape)));
      // In case there is no room for all of them.
      this.#shape = shape;
    }
    this.#use(shape);
  }

  /**
   * Makes room for so many states, keeping what is in the set. False if it has to be filled anew: because the entries
   * need another width, or because one has no place.
   */
  grow(states: number, rootBits: number): boolean {
    const from = this.#shape;
    const to = this.#shapeFor(states, rootBits, true);
    if (from === undefined || to.isWide !== from.isWide || to.bucketBits !== from.bucketBits + 1)
      return false;
    for (let segment = 0; segment < SEGMENTS; segment++) {
      const old = this.#address(segment);
      const now = this.#arena.allocate(bytesOf(to));
      const isDone = split(this.#arena.words, old >>> 2, now >>> 2, to);
      this.#arena.free(old, bytesOf(from));
      this.#setAddress(segment, now);
      if (!isDone) {
        this.#drop(segment + 1, from);
        this.#shape = to;
        return false;
      }
    }
    this.#use(to);
    return true;
  }

  free(): void {
    if (this.#shape === undefined) return;
    this.#drop(0, this.#shape);
    this.#shape = undefined;
  }

  /** Frees the segments from one on. */
  #drop(first: number, shape: Shape): void {
    for (let segment = first; segment < SEGMENTS; segment++) {
      const address = this.#address(segment);
      if (address !== 0) this.#arena.free(address, bytesOf(shape));
      this.#setAddress(segment, 0);
    }
  }

  #shapeFor(states: number, rootBits: number, larger: boolean): Shape {
    const least = larger ? (this.#shape?.bucketBits ?? 0) + 1 : this.#leastBits;
    return shapeFor(states / this.#load, rootBits, least);
  }

  #use(shape: Shape): void {
    this.#shape = shape;
    this.#arena.words[R.bucketBits] = shape.bucketBits;
    this.#arena.words[R.wideEntries] = shape.isWide ? 1 : 0;
  }

  #address(segment: number): number {
    return (this.#arena.words[this.#directory + segment] as number) >>> 0;
  }

  #setAddress(segment: number, address: number): void {
    this.#arena.words[this.#directory + segment] = address;
  }
}

function bytesOf({ bucketBits }: Shape): number {
  return TABLE.bucketBytes * 2 ** (bucketBits - SEGMENT_BITS);
}

function roomOf({ bucketBits, isWide }: Shape): number {
  const lanes = TABLE.bucketBytes / (isWide ? 8 : 4);
  return Math.floor((MAX_LOAD[lanes] ?? 0) * lanes * 2 ** bucketBits);
}

/** The smaller one of narrow and wide entries. Narrow ones need many buckets, for a short rest. */
function shapeFor(states: number, rootBits: number, least: number): Shape {
  const [narrow, wide] = [false, true].map((isWide) => {
    let bucketBits = Math.max(least, rootBits - (isWide ? WIDE_REST : NARROW_REST));
    while (bucketBits < TABLE.homeBits && roomOf({ bucketBits, isWide }) < states) bucketBits++;
    return { bucketBits, isWide };
  }) as [Shape, Shape];
  return narrow.bucketBits <= wide.bucketBits ? narrow : wide;
}

/**
 * Moves a segment's entries to one of twice as many buckets; those of bucket b go to 2b and 2b + 1, unless they are
 * strides away from home. False if one has no place.
 * @param from the old segment, by word
 * @param to the new one
 * @param shape the new one's
 */
function split(words: Int32Array, from: number, to: number, { bucketBits, isWide }: Shape): boolean {
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
