/**
 * The visited set: how large it is, and what is in it. The format is that of visited-format.ts; kernels look words up and enter
 * them.
 *
 * It consists of segments, each a block of its own: threads that look up different segments never meet, and growing
 * takes little more memory than the larger set, because it goes by some segments at a time. Where they lie is up to
 * visited-places.ts: in the first memory, or in annexes.
 */
import { AddressError, type Arena } from "../memory/arena.js";
import { R, SEGMENT_BITS, SEGMENTS, type Addresses } from "../memory/control-block.js";
import { hashOf } from "../memory/hash.js";
import { homeOf, TABLE } from "../memory/visited-format.js";
import { readSegment } from "../kernel/plain/split.js";
import type { Tuning } from "../api/tuning.js";
import type { Crew } from "../kernel/kernel.js";
import type { Places } from "./visited-places.js";
import { nextSize, roomOf, segmentBytes, shapeFor, type Shape } from "./visited-shape.js";

interface Segment {
  readonly arena: Arena;
  readonly address: number;
  /** While the set grows, not all have as many. */
  readonly buckets: number;
}

export class VisitedSet {
  readonly #places: Places;
  readonly #directory: number;
  readonly #others: number;
  readonly #load: number;
  #segments: Segment[] = [];
  #shape: Shape;

  /**
   * An empty set.
   * @param states it has room for so many
   * @param smaller it has more buckets than this one
   */
  constructor(
    places: Places,
    { segments, otherSegments }: Pick<Addresses, "segments" | "otherSegments">,
    { bucketBits, load }: Tuning,
    states: number,
    rootBits: number,
    smaller?: VisitedSet,
  ) {
    this.#places = places;
    this.#directory = segments >>> 2;
    this.#others = otherSegments >>> 2;
    this.#load = load;
    const least =
      smaller === undefined ? 2 ** Math.max(0, bucketBits - SEGMENT_BITS) : nextSize(smaller.#shape.buckets);
    this.#shape = shapeFor(states / load, rootBits, least);
    places.prepare(this.#shape);
    const { buckets } = this.#shape;
    this.#whereThereIsRoom(() => {
      for (let i = this.#segments.length; i < SEGMENTS; i++) {
        const arena = places.arenaOf(i);
        this.#segments.push({ arena, address: arena.allocate(segmentBytes({ buckets })), buckets });
      }
      return true;
    });
  }

  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segmentBytes(segment), 0);
  }

  /** Makes this the set that kernels see. */
  publish(): void {
    this.#sayShape(this.#places.first.words);
    for (const arena of this.#places.homes) {
      const { words } = arena;
      this.#segments.forEach((segment, i) => {
        // Kernels load from where the segments of others would be, too, and do nothing with it: from 0 on there is enough.
        words[this.#directory + i] = segment.arena === arena ? segment.address : 0;
      });
      this.#sayShape(words);
    }
    this.#places.publish();
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
    this.#places.prepare(to);
    if (!this.#whereThereIsRoom(() => this.#growTo(to.buckets, crew))) return false;
    this.#shape = to;
    this.publish();
    return true;
  }

  /** Calls for every word of a segment, in no order that means anything. */
  forEachIn(segment: number, visit: (low: number, high: number) => void): void {
    const { arena, address, buckets } = this.#segments[segment] as Segment;
    readSegment(arena.words, address >>> 2, buckets, this.#isWide, (within, restLow, restHigh) => {
      const place = (segment << TABLE.withinBits) | within;
      const home = homeOf(place, hashOf(restLow, restHigh));
      const shift = TABLE.homeBits;
      visit(home | (restLow << shift), (restLow >>> (32 - shift)) | (restHigh << shift));
    });
  }

  free(): void {
    for (const segment of this.#segments) freeSegment(segment);
    this.#segments = [];
    this.#places.leave();
  }

  get #isWide(): boolean {
    return this.#shape.kind === "wide";
  }

  #sayShape(words: Int32Array): void {
    words[R.buckets] = this.#shape.buckets;
    words[R.wideEntries] = this.#isWide ? 1 : 0;
  }

  /** Does it, in more and more annexes, until none of them is too small. What it has done before is kept. */
  #whereThereIsRoom(work: () => boolean): boolean {
    for (;;) {
      try {
        // All of them, for what does not belong to a memory is in its way.
        this.#segments.forEach((segment, i) => {
          this.#segments[i] = movedTo(this.#places.arenaOf(i), segment);
        });
        return work();
      } catch (error) {
        if (!(error instanceof AddressError) || !this.#places.spread()) throw error;
      }
    }
  }

  /** Moves all segments that are not as large to larger ones. False if something has no place. */
  #growTo(buckets: number, crew: Pick<Crew, "run" | "threads">): boolean {
    this.#places.publish();
    const bytes = crew.threads * buckets;
    const counts = new Map<Arena, number>();
    try {
      for (const arena of this.#places.homes) {
        counts.set(arena, arena.allocateRaw(bytes));
        arena.words[R.counts] = counts.get(arena) as number;
        arena.words[R.largerBuckets] = buckets;
        this.#sayShape(arena.words);
      }
      for (let first = this.#grown(buckets); first < SEGMENTS; first = this.#grown(buckets)) {
        if (!this.#split(first, Math.min(crew.threads, SEGMENTS - first), buckets, crew)) return false;
      }
    } finally {
      for (const [arena, address] of counts) arena.free(address, bytes);
    }
    return true;
  }

  /** How many segments are that large: they grow in their order. */
  #grown(to: number): number {
    const first = this.#segments.findIndex(({ buckets }) => buckets !== to);
    return first < 0 ? SEGMENTS : first;
  }

  /** Moves so many segments to larger ones. False if something has no place; then they stay as they are. */
  #split(first: number, count: number, buckets: number, crew: Pick<Crew, "run">): boolean {
    const larger: Segment[] = [];
    try {
      for (let i = first; i < first + count; i++) {
        const { arena, address: from } = this.#segments[i] as Segment;
        const address = arena.allocateRaw(segmentBytes({ buckets }));
        larger.push({ arena, address, buckets });
        // Only now: allocating may have replaced the words.
        arena.words[this.#directory + i] = from;
        arena.words[this.#others + i] = address;
      }
    } catch (error) {
      for (const segment of larger) freeSegment(segment);
      throw error;
    }
    const isDone = crew.run("split", count, first);
    const dropped = isDone ? this.#segments.splice(first, count, ...larger) : larger;
    for (const segment of dropped) freeSegment(segment);
    return isDone;
  }
}

/** A segment in an arena; moved there if it was in another one. */
function movedTo(home: Arena, segment: Segment): Segment {
  const { arena, address: from, buckets } = segment;
  if (arena === home) return segment;
  const bytes = segmentBytes(segment);
  const address = home.allocateRaw(bytes);
  home.bytes.set(arena.bytes.subarray(from, from + bytes), address);
  freeSegment(segment);
  return { arena: home, address, buckets };
}

function freeSegment({ arena, address, buckets }: Segment): void {
  arena.free(address, segmentBytes({ buckets }));
}
