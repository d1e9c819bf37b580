/**
 * The interned words of one node of a layout: word -> number, in order of first sight.
 *
 *   keys   | word 0 | word 1 | word 2 | ...      8 bytes each
 *   slots  | . | 2 | . | 1 | 3 | . | . | .       open addressing: 0 is free, i + 1 is word i
 *
 * Kernels look words up and add them until there are `capacity` of them; growing is done here, when a kernel says that a
 * node is full. The invariant by which every number fits its field, in both kernels and in all threads:
 *
 *   count <= capacity <= 2^width     capacity <= the words that there is memory for
 *
 * A narrower field therefore lowers the capacity at once, also where there is memory for more. For example, with memory for
 * 256 words and 100 of them in use, a field of 7 bits instead of 8 makes the capacity 128; word 128 would have a number of
 * 8 bits, whose highest one would be a bit of the neighbouring field.
 */
import type { Arena } from "../memory/arena.js";
import { NODE } from "../memory/control-block.js";
import { hashOf } from "../memory/hash.js";

const INITIAL_WORDS = 256;
/** Slots per word, at least. */
const SPARSENESS = 2;

export class NodeTable {
  readonly #arena: Arena;
  /** Of the node's words in the control block. */
  readonly #at: number;
  /** What the field that holds the numbers can tell apart. */
  #maxWords: number;
  /** What there is memory for. */
  #room = 0;

  constructor(arena: Arena, address: number, width: number) {
    this.#arena = arena;
    this.#at = address >>> 2;
    this.#maxWords = 2 ** width;
    this.#allocate(Math.min(INITIAL_WORDS, this.#maxWords));
    this.#put(NODE.count, 0);
  }

  get count(): number {
    return this.#get(NODE.count);
  }

  get bytes(): number {
    return this.#keyBytes + this.#slotBytes;
  }

  low(number: number): number {
    return this.#arena.words[(this.#get(NODE.keys) >>> 2) + 2 * number] as number;
  }

  high(number: number): number {
    return this.#arena.words[(this.#get(NODE.keys) >>> 2) + 2 * number + 1] as number;
  }

  /** Makes room for more words; false if their numbers would not fit the layout's field. */
  grow(): boolean {
    if (this.#get(NODE.capacity) >= this.#maxWords) return false;
    if (this.#room > this.#get(NODE.capacity)) {
      this.#limit();
      return true;
    }
    const old = { keys: this.#get(NODE.keys), slots: this.#get(NODE.slots) };
    const [keyBytes, slotBytes] = [this.#keyBytes, this.#slotBytes];
    // Before the old ones are freed: when memory runs out, the words are still there for a checkpoint.
    this.#allocate(Math.min(this.#room * 2, this.#maxWords));
    const { words } = this.#arena;
    words.copyWithin(this.#get(NODE.keys) >>> 2, old.keys >>> 2, (old.keys >>> 2) + 2 * this.count);
    this.#arena.free(old.keys, keyBytes);
    this.#arena.free(old.slots, slotBytes);
    for (let number = 0; number < this.count; number++) this.#link(number);
    return true;
  }

  /** The first words, as bytes. */
  image(count: number): Uint8Array {
    const keys = this.#get(NODE.keys);
    return this.#arena.bytes.subarray(keys, keys + 8 * count);
  }

  /** Takes so many words into the empty table; false if they are too many for the layout's field. */
  load(count: number, read: (into: Uint8Array) => void): boolean {
    while (this.#get(NODE.capacity) < count) if (!this.grow()) return false;
    read(this.image(count));
    this.#put(NODE.count, count);
    for (let number = 0; number < count; number++) this.#link(number);
    return true;
  }

  /** The field that holds the numbers is now this wide. All numbers that there are have to fit it. */
  setWidth(width: number): void {
    if (this.count > 2 ** width) {
      throw new Error(`${this.count} interned words do not fit a field of ${width} bits`);
    }
    this.#maxWords = 2 ** width;
    this.#limit();
  }

  /** Replaces every word by what it is in another layout, in halves; the numbers stay. */
  rewrite(rewritten: (low: number, high: number) => Int32Array): void {
    const slots = this.#get(NODE.slots) >>> 2;
    const { words } = this.#arena;
    words.fill(0, slots, slots + this.#get(NODE.mask) + 1);
    const keys = this.#get(NODE.keys) >>> 2;
    for (let number = 0; number < this.count; number++) {
      words.set(rewritten(this.low(number), this.high(number)), keys + 2 * number);
      this.#link(number);
    }
  }

  free(): void {
    this.#arena.free(this.#get(NODE.keys), this.#keyBytes);
    this.#arena.free(this.#get(NODE.slots), this.#slotBytes);
  }

  #allocate(capacity: number): void {
    const slotCount = 2 ** Math.ceil(Math.log2(capacity * SPARSENESS));
    const keys = this.#arena.allocate(capacity * 8);
    const slots = this.#arena.allocate(slotCount * 4);
    this.#room = capacity;
    this.#limit();
    this.#put(NODE.mask, slotCount - 1);
    this.#put(NODE.keys, keys);
    this.#put(NODE.slots, slots);
  }

  /** Lets kernels intern as many words as there is memory for and as the field can tell apart. */
  #limit(): void {
    this.#put(NODE.capacity, Math.min(this.#room, this.#maxWords));
  }

  #link(number: number): void {
    const { words } = this.#arena;
    const slots = this.#get(NODE.slots) >>> 2;
    const mask = this.#get(NODE.mask);
    let slot = hashOf(this.low(number), this.high(number)) & mask;
    while (words[slots + slot] !== 0) slot = (slot + 1) & mask;
    words[slots + slot] = number + 1;
  }

  get #keyBytes(): number {
    return this.#room * 8;
  }

  get #slotBytes(): number {
    return (this.#get(NODE.mask) + 1) * 4;
  }

  #get(word: number): number {
    return (this.#arena.words[this.#at + word / 4] as number) >>> 0;
  }

  #put(word: number, value: number): void {
    this.#arena.words[this.#at + word / 4] = value;
  }
}
