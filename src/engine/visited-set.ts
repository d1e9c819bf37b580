/**
 * The visited set's size and shape; what is in it is said in kernel.ts, and entered by the kernels.
 *
 * It consists of segments, each a block of its own: threads that look up different segments never meet, and growing
 * takes little more memory than the larger set, because it goes by some segments at a time.
 */
import type { Arena } from "./arena.js";
import { R, SEGMENT_BITS, SEGMENTS, type Addresses } from "./control.js";
import type { Crew } from "./crew.js";
import { TABLE } from "./kernel.js";
import type { Tuning } from "./tuning.js";

/** Beyond this, by entries per bucket, full buckets in a row are to be expected: then there is no place for an entry. */
const MAX_LOAD: Readonly<Record<number, number>> = { 16: 0.8, 8: 0.72 };
/** What is left of a root word in a 32-bit entry. */
const NARROW_REST = 32 - TABLE.strideBits;
const WIDE_REST = 64 - TABLE.strideBits;
/** Segments that move at the same time: what they take twice is little, and more than there are threads. */
const AT_ONCE = 8;

interface Shape {
  readonly bucketBits: number;
  readonly isWide: boolean;
}

export class VisitedSet {
  readonly #arena: Arena;
  readonly #directory: number;
  readonly #others: number;
  readonly #leastBits: number;
  readonly #load: number;
  #shape: Shape | undefined;

  constructor(arena: Arena, { segments, otherSegments }: Addresses, { bucketBits, load }: Tuning) {
    this.#arena = arena;
    this.#directory = segments >>> 2;
    this.#others = otherSegments >>> 2;
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
  grow(states: number, rootBits: number, crew: Pick<Crew, "run">): boolean {
    const from = this.#shape;
    const to = this.#shapeFor(states, rootBits, true);
    if (from === undefined || to.isWide !== from.isWide || to.bucketBits !== from.bucketBits + 1)
      return false;
    for (let first = 0; first < SEGMENTS; first += AT_ONCE) {
      const group = Array.from({ length: AT_ONCE }, (_, i) => first + i);
      for (const segment of group) {
        const address = this.#arena.allocate(bytesOf(to));
        // Only now: allocating may have replaced the words.
        this.#arena.words[this.#others + segment] = address;
      }
      const isDone = crew.run("split", AT_ONCE, first);
      for (const segment of group) {
        this.#arena.free(this.#address(segment), bytesOf(from));
        this.#setAddress(segment, this.#arena.words[this.#others + segment] as number);
      }
      if (!isDone) {
        this.#drop(first + AT_ONCE, from);
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
