/**
 * The visited set's size and shape; what is in it is the kernels' business (kernel.ts).
 *
 * It is made again from the rows whenever it has to grow, so the old one need not be kept meanwhile.
 */
import type { Arena } from "./arena.js";
import { R } from "./control.js";
import { TABLE } from "./kernel.js";
import type { Tuning } from "./tuning.js";

/** Beyond this, by entries per bucket, full buckets in a row are to be expected: then there is no place for an entry. */
const MAX_LOAD: Readonly<Record<number, number>> = { 16: 0.8, 8: 0.72 };
/** What is left of a root word in a 32-bit entry. */
const NARROW_REST = 32 - TABLE.strideBits;
const WIDE_REST = 64 - TABLE.strideBits;
/** 4 GiB of buckets. */
const MAX_BITS = 26;

interface Shape {
  readonly bucketBits: number;
  readonly isWide: boolean;
}

export class VisitedSet {
  readonly #arena: Arena;
  readonly #leastBits: number;
  readonly #load: number;
  #shape: Shape | undefined;

  constructor(arena: Arena, { bucketBits, load }: Tuning) {
    this.#arena = arena;
    this.#leastBits = bucketBits;
    this.#load = load;
  }

  get bytes(): number {
    return this.#shape === undefined ? 0 : TABLE.bucketBytes * 2 ** this.#shape.bucketBits;
  }

  /** Is there room for so many states? */
  hasRoomFor(states: number): boolean {
    return this.#shape !== undefined && states <= this.#load * roomOf(this.#shape);
  }

  /** An empty set with room for so many states, larger than before if `larger`. */
  allocate(states: number, rootBits: number, larger: boolean): void {
    const least = larger ? (this.#shape?.bucketBits ?? 0) + 1 : this.#leastBits;
    this.free();
    this.#shape = shapeFor(states / this.#load, rootBits, least);
    const table = this.#arena.allocate(this.bytes);
    // Not before: allocating may have replaced the words.
    this.#arena.words[R.table] = table;
    this.#arena.words[R.bucketBits] = this.#shape.bucketBits;
    this.#arena.words[R.wideEntries] = this.#shape.isWide ? 1 : 0;
  }

  free(): void {
    if (this.#shape !== undefined) this.#arena.free((this.#arena.words[R.table] as number) >>> 0, this.bytes);
    this.#shape = undefined;
  }
}

function roomOf({ bucketBits, isWide }: Shape): number {
  const lanes = TABLE.bucketBytes / (isWide ? 8 : 4);
  return Math.floor((MAX_LOAD[lanes] ?? 0) * lanes * 2 ** bucketBits);
}

/** The smaller one of narrow and wide entries. Narrow ones need many buckets, for a short rest. */
function shapeFor(states: number, rootBits: number, least: number): Shape {
  const [narrow, wide] = [false, true].map((isWide) => {
    let bucketBits = Math.max(least, rootBits - (isWide ? WIDE_REST : NARROW_REST));
    while (bucketBits < MAX_BITS && roomOf({ bucketBits, isWide }) < states) bucketBits++;
    return { bucketBits, isWide };
  }) as [Shape, Shape];
  return narrow.bucketBits <= wide.bucketBits ? narrow : wide;
}
