/**
 * The visited set: how large it is, and what is in it. The format is that of visited-format.ts; kernels look words up and enter
 * them.
 *
 * It consists of segments, each a block of its own: threads that look up different segments never meet, and growing
 * takes little more memory than the larger set, because it goes by some segments at a time.
 */
import type { Arena } from "../memory/arena.js";
import { R, SEGMENT_BITS, SEGMENTS, type Addresses } from "../memory/control-block.js";
import { hashOf } from "../memory/hash.js";
import { homeOf, leftBitsOf, TABLE } from "../memory/visited-format.js";
import { readSegment } from "../kernel/plain/split.js";
import type { Tuning } from "../api/tuning.js";
import type { Crew } from "../kernel/kernel.js";

/** Beyond this, by entries per bucket, full buckets in a row are to be expected: then there is no place for an entry. */
const MAX_LOAD = { narrow: 0.8, wide: 0.72 };
/** Entries per bucket. */
const LANES = { narrow: TABLE.bucketBytes / 4, wide: TABLE.bucketBytes / 8 };
/** What an entry has room for, besides strides. */
const SAYS_BITS = { narrow: 32 - TABLE.strideBits, wide: 64 - TABLE.strideBits };
const MOST_BUCKETS = 2 ** TABLE.withinBits;
/** From so many buckets per segment on, 64 MiB altogether, there are sizes between powers of two. */
const FINE_BUCKETS = 2 ** 14;

type EntryKind = keyof typeof LANES;

interface Shape {
  readonly kind: EntryKind;
  /** Per segment. */
  readonly buckets: number;
}

interface Segment {
  readonly address: number;
  /** While the set grows, not all have as many. */
  readonly buckets: number;
}

export class VisitedSet {
  readonly #arena: Arena;
  readonly #directory: number;
  readonly #others: number;
  readonly #load: number;
  readonly #segments: Segment[] = [];
  #shape: Shape;

  /**
   * An empty set.
   * @param states it has room for so many
   * @param smaller it has more buckets than this one
   */
  constructor(
    arena: Arena,
    { segments, otherSegments }: Addresses,
    { bucketBits, load }: Tuning,
    states: number,
    rootBits: number,
    smaller?: VisitedSet,
  ) {
    this.#arena = arena;
    this.#directory = segments >>> 2;
    this.#others = otherSegments >>> 2;
    this.#load = load;
    const least =
      smaller === undefined ? 2 ** Math.max(0, bucketBits - SEGMENT_BITS) : nextSize(smaller.#shape.buckets);
    this.#shape = shapeFor(states / load, rootBits, least);
    const { buckets } = this.#shape;
    for (let i = 0; i < SEGMENTS; i++) {
      this.#segments.push({ address: arena.allocate(buckets * TABLE.bucketBytes), buckets });
    }
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { buckets }) => sum + buckets * TABLE.bucketBytes, 0);
  }

  /** Makes this the set that kernels see. */
  publish(): void {
    const { words } = this.#arena;
    this.#segments.forEach(({ address }, i) => {
      words[this.#directory + i] = address;
    });
    words[R.buckets] = this.#shape.buckets;
    words[R.wideEntries] = this.#isWide ? 1 : 0;
  }

  /** Is there room for so many states? */
  hasRoomFor(states: number): boolean {
    return states <= this.#load * roomOf(this.#shape);
  }

  /**
   * Makes room for so many states, as many segments at a time as there are threads: what they take twice is little. False
   * if another set has to be made: because its entries have another width, or because one has no place.
   */
  grow(states: number, rootBits: number, crew: Pick<Crew, "run" | "threads">): boolean {
    const to = shapeFor(states / this.#load, rootBits, nextSize(this.#shape.buckets));
    if (to.kind !== this.#shape.kind) return false;
    const counts = crew.threads * to.buckets;
    const address = this.#arena.allocateRaw(counts);
    this.#arena.words[R.counts] = address;
    this.#arena.words[R.largerBuckets] = to.buckets;
    try {
      for (let first = 0; first < SEGMENTS; first += crew.threads) {
        if (!this.#split(first, Math.min(crew.threads, SEGMENTS - first), to.buckets, crew)) return false;
      }
    } finally {
      this.#arena.free(address, counts);
    }
    this.#shape = to;
    this.publish();
    return true;
  }

  /** Moves so many segments to larger ones. False if something has no place; then they stay as they are. */
  #split(first: number, count: number, buckets: number, crew: Pick<Crew, "run">): boolean {
    const larger: Segment[] = [];
    for (let i = 0; i < count; i++) {
      const address = this.#arena.allocateRaw(buckets * TABLE.bucketBytes);
      larger.push({ address, buckets });
      // Only now: allocating may have replaced the words.
      this.#arena.words[this.#others + first + i] = address;
    }
    const isDone = crew.run("split", count, first);
    const dropped = isDone ? this.#segments.splice(first, count, ...larger) : larger;
    for (const segment of dropped) this.#freeSegment(segment);
    return isDone;
  }

  /** Calls for every word of a segment, in no order that means anything. */
  forEachIn(segment: number, visit: (low: number, high: number) => void): void {
    const { address, buckets } = this.#segments[segment] as Segment;
    const { words } = this.#arena;
    readSegment(words, address >>> 2, buckets, this.#isWide, (within, restLow, restHigh) => {
      const place = (segment << TABLE.withinBits) | within;
      const home = homeOf(place, hashOf(restLow, restHigh));
      const shift = TABLE.homeBits;
      visit(home | (restLow << shift), (restLow >>> (32 - shift)) | (restHigh << shift));
    });
  }

  free(): void {
    for (const segment of this.#segments) this.#freeSegment(segment);
  }

  get #isWide(): boolean {
    return this.#shape.kind === "wide";
  }

  #freeSegment({ address, buckets }: Segment): void {
    this.#arena.free(address, buckets * TABLE.bucketBytes);
  }
}

/** The next larger number of buckets per segment. */
function nextSize(buckets: number): number {
  const power = 2 ** Math.floor(Math.log2(buckets));
  return buckets === power && buckets >= FINE_BUCKETS ? buckets * 1.5 : power * 2;
}

function roomOf({ kind, buckets }: Shape): number {
  return Math.floor(MAX_LOAD[kind] * LANES[kind] * SEGMENTS * buckets);
}

/** The smaller one of narrow and wide entries. Narrow ones need many buckets, for a place to be a large part of a word. */
function shapeFor(states: number, rootBits: number, least: number): Shape {
  const restBits = Math.max(0, rootBits - TABLE.homeBits);
  const [narrow, wide] = (["narrow", "wide"] as const).map((kind) => {
    let shape = { kind, buckets: least };
    while (
      shape.buckets < MOST_BUCKETS &&
      (restBits + leftBitsOf(shape.buckets) > SAYS_BITS[kind] || roomOf(shape) < states)
    ) {
      shape = { kind, buckets: nextSize(shape.buckets) };
    }
    return shape;
  }) as [Shape, Shape];
  return narrow.buckets <= wide.buckets && restBits + leftBitsOf(narrow.buckets) <= SAYS_BITS.narrow
    ? narrow
    : wide;
}
