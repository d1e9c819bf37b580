/**
 * A list of bits that only grows, in the arena, with what it takes to count them: which one is the n-th that is set, and
 * how many are set up to a place.
 *
 * Chunks of 2^18 bits; of each chunk is known how many bits are set before it, and the rest is counted.
 */
import type { Arena } from "./arena.js";

const CHUNK_WORDS = 1 << 13;
const CHUNK_BITS = CHUNK_WORDS * 32;

export class Bits {
  length = 0;
  readonly #arena: Arena;
  readonly #chunks: number[] = [];
  /** By chunk: bits set before it. */
  readonly #before: number[] = [];
  /** Bits set in all. */
  #set = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get bytes(): number {
    return this.#chunks.length * CHUNK_WORDS * 4;
  }

  /** Makes room for so many more. */
  reserve(count: number): void {
    while (this.#chunks.length * CHUNK_BITS < this.length + count) {
      this.#chunks.push(this.#arena.allocate(CHUNK_WORDS * 4));
    }
  }

  /** Appends bits for which there is room: the first ones from an address on. */
  append(address: number, count: number): void {
    const { words } = this.#arena;
    for (let done = 0; done < count; done += 32) {
      const bits = Math.min(32, count - done);
      const word = words[(address + done / 8) >>> 2] as number;
      this.#push(bits === 32 ? word : word & ((1 << bits) - 1), bits);
    }
  }

  /** Where the n-th bit is that is set; the first one is number 1. */
  select(n: number): number {
    const chunk = lastBelow(this.#before, n);
    let left = n - (this.#before[chunk] as number);
    for (let at = this.#wordOf(chunk * CHUNK_BITS); ; at++) {
      const word = this.#arena.words[at] as number;
      const count = popcount(word);
      if (count >= left) {
        const within = (at - this.#wordOf(chunk * CHUNK_BITS)) * 32;
        return chunk * CHUNK_BITS + within + selectInWord(word, left);
      }
      left -= count;
    }
  }

  /** How many bits are set up to a place, itself included. */
  rank(place: number): number {
    const chunk = Math.floor(place / CHUNK_BITS);
    let count = this.#before[chunk] as number;
    const last = this.#wordOf(place);
    for (let at = this.#wordOf(chunk * CHUNK_BITS); at < last; at++) {
      count += popcount(this.#arena.words[at] as number);
    }
    return count + popcount((this.#arena.words[last] as number) << (31 - (place & 31)));
  }

  /** How many are set. */
  get set(): number {
    return this.#set;
  }

  has(place: number): boolean {
    return (((this.#arena.words[this.#wordOf(place)] as number) >>> (place & 31)) & 1) === 1;
  }

  /** How many are set, counted one word at a time and not as they came. */
  recount(): number {
    let count = 0;
    for (let place = 0; place < this.length; place += 32) {
      const bits = Math.min(32, this.length - place);
      count += popcount((this.#arena.words[this.#wordOf(place)] as number) << (32 - bits));
    }
    return count;
  }

  /** The first bits as bytes, chunk by chunk; what is behind the last one within its byte is not 0. */
  *pieces(count: number): Generator<Uint8Array> {
    for (let from = 0; from < count; from += CHUNK_BITS) {
      const at = this.#chunks[from / CHUNK_BITS] as number;
      yield this.#arena.bytes.subarray(at, at + Math.ceil(Math.min(CHUNK_BITS, count - from) / 8));
    }
  }

  /** Takes so many bits into the empty list. */
  load(count: number, read: (into: Uint8Array) => void): void {
    this.reserve(count);
    for (const piece of this.pieces(count)) read(piece);
    for (let at = 0; at < count; at += 32) {
      if (at % CHUNK_BITS === 0) this.#before.push(this.#set);
      const word = this.#wordOf(at);
      const bits = Math.min(32, count - at);
      const { words } = this.#arena;
      if (bits < 32) words[word] = (words[word] as number) & ((1 << bits) - 1);
      this.#set += popcount(words[word] as number);
    }
    this.length = count;
  }

  /** Up to 32 bits; those of the word beyond are 0. */
  #push(word: number, bits: number): void {
    const { words } = this.#arena;
    const shift = this.length & 31;
    if (this.length % CHUNK_BITS === 0) this.#before.push(this.#set);
    const at = this.#wordOf(this.length);
    words[at] = (words[at] as number) | (word << shift);
    if (shift + bits > 32) {
      const next = this.length + 32 - shift;
      if (next % CHUNK_BITS === 0) this.#before.push(this.#set + popcount(word << shift));
      words[this.#wordOf(next)] = word >>> (32 - shift);
    }
    this.length += bits;
    this.#set += popcount(word);
  }

  #wordOf(place: number): number {
    const chunk = Math.floor(place / CHUNK_BITS);
    return ((this.#chunks[chunk] as number) >>> 2) + ((place % CHUNK_BITS) >>> 5);
  }
}

/** The last place with a number below n; the first number is 0, and numbers never get smaller. */
function lastBelow(numbers: readonly number[], n: number): number {
  let [from, to] = [0, numbers.length];
  while (to - from > 1) {
    const middle = (from + to) >>> 1;
    if ((numbers[middle] as number) < n) from = middle;
    else to = middle;
  }
  return from;
}

function popcount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Which bit of a word is the n-th that is set. */
function selectInWord(word: number, n: number): number {
  let rest = word;
  for (let i = 1; i < n; i++) rest &= rest - 1;
  return 31 - Math.clz32(rest & -rest);
}
