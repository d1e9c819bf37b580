/**
 * The visited set as the audit reads it: is a root word in there, and how many entries are there?
 *
 * The same format as visited-format.ts says, and none of its code: an entry is one BigInt, so that a bit that is lost is missing.
 */
import { R } from "../memory/control-block.js";
import { hashOf } from "../memory/hash.js";
import { TABLE } from "../memory/visited-format.js";
import type { StateStore } from "../states/state-store.js";
import { halvesOf } from "./packed-states.js";

const HOME_BITS = 28;
const SEGMENTS = 64;
const HOMES = 2 ** HOME_BITS;
/** Places of a segment. */
const PLACES = HOMES / SEGMENTS;
const BUCKET_BYTES = 64;
const STRIDES = 15;

/** Where the set is. */
type Memory = Pick<StateStore, "arena" | "addresses" | "annexes">;

interface Place {
  readonly segment: number;
  readonly within: number;
  readonly rest: bigint;
}

export class VisitedWords {
  readonly #store: Memory;

  constructor(store: Memory) {
    this.#store = store;
  }

  /** How often a root word is in the set. */
  count(word: bigint): number {
    const place = placeOf(word);
    const { segment, within, rest } = place;
    const buckets = this.#buckets;
    // As many low bits of `within` as tell apart what falls into one bucket.
    const left = Math.ceil(Math.log2(PLACES / 2 ** Math.floor(Math.log2(buckets))));
    const says = (rest << BigInt(left)) | BigInt(within % 2 ** left);
    if (says >> BigInt(this.#entryBits - 4) !== 0n) return 0;
    // By what an entry says, with 0 strides.
    const hash = hashOf(...halvesOf(says << 4n));
    const stride = Math.floor((((hash >>> 16) & 0xfff) * (buckets - 1)) / 0x1000) | 1;
    let bucket = Math.floor((within * buckets) / PLACES);
    let found = 0;
    for (let strides = 1; strides <= STRIDES; strides++) {
      found += this.#copies(segment, bucket, (says << 4n) | BigInt(strides));
      // An entry is farther away only where there was no room.
      if (!this.#isFull(segment, bucket)) break;
      bucket = (bucket + stride) % buckets;
    }
    return found;
  }

  /** Entries of all segments. */
  get entries(): number {
    const step = this.#entryBits / 32;
    const length = (this.#buckets * BUCKET_BYTES) / 4;
    let count = 0;
    for (let segment = 0; segment < SEGMENTS; segment++) {
      const words = this.#words(segment);
      const from = this.#segment(segment);
      for (let at = from; at < from + length; at += step) if (words[at] !== 0) count++;
    }
    return count;
  }

  #copies(segment: number, bucket: number, entry: bigint): number {
    const words = this.#words(segment);
    const [low, high] = halvesOf(entry);
    const isWide = this.#entryBits === 64;
    const from = this.#segment(segment) + (bucket * BUCKET_BYTES) / 4;
    let copies = 0;
    for (let at = from; at < from + BUCKET_BYTES / 4; at += isWide ? 2 : 1) {
      if (words[at] === low && (!isWide || words[at + 1] === high)) copies++;
    }
    return copies;
  }

  #isFull(segment: number, bucket: number): boolean {
    const words = this.#words(segment);
    const next = this.#segment(segment) + ((bucket + 1) * BUCKET_BYTES) / 4;
    return words[next - this.#entryBits / 32] !== 0;
  }

  /** Where it begins, by word. */
  #segment(segment: number): number {
    return (this.#words(segment)[(this.#store.addresses.segments >>> 2) + segment] as number) >>> 2;
  }

  /** The memory that it is in: the first one, or one of equal shares in several others. */
  #words(segment: number): Int32Array {
    const { arena, annexes } = this.#store;
    const others = annexes.inUse;
    const segmentsEach = SEGMENTS / others.length;
    return (others[Math.floor(segment / segmentsEach)]?.arena ?? arena).words;
  }

  get #buckets(): number {
    return this.#store.arena.words[R.buckets] as number;
  }

  get #entryBits(): number {
    return this.#store.arena.words[R.wideEntries] === 1 ? 64 : 32;
  }
}

function placeOf(word: bigint): Place {
  const rest = word >> BigInt(HOME_BITS);
  const hash = hashOf(...halvesOf(rest)) >>> 0;
  const home = Number(word % BigInt(HOMES));
  const product = times((home ^ hash) & (HOMES - 1), TABLE.firstFactor);
  const place = times(product ^ (product >>> (HOME_BITS / 2)), TABLE.secondFactor);
  return { segment: Math.floor(place / PLACES), within: place % PLACES, rest };
}

/** The product, as far as homes go. */
function times(value: number, factor: number): number {
  return Number((BigInt(value) * BigInt(factor)) % BigInt(HOMES));
}
