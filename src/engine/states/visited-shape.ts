/**
 * How large a visited set is: the width of its entries, and how many buckets a segment has.
 */
import { CapacityError } from "../memory/budget.js";
import { SEGMENTS } from "../memory/control-block.js";
import { leftBitsOf, TABLE } from "../memory/visited-format.js";

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

export interface Shape {
  readonly kind: EntryKind;
  /** Per segment. */
  readonly buckets: number;
}

/** The next larger number of buckets per segment. */
export function nextSize(buckets: number): number {
  const power = 2 ** Math.floor(Math.log2(buckets));
  return buckets === power && buckets >= FINE_BUCKETS ? buckets * 1.5 : power * 2;
}

/** How many states a set has room for. */
export function roomOf({ kind, buckets }: Shape): number {
  return Math.floor(MAX_LOAD[kind] * LANES[kind] * SEGMENTS * buckets);
}

/** Bytes of a segment. */
export function segmentBytes({ buckets }: Pick<Shape, "buckets">): number {
  return buckets * TABLE.bucketBytes;
}

/**
 * The smaller one of narrow and wide entries. Narrow ones need many buckets, for a place to be a large part of a word.
 * Throws a CapacityError beyond the places that there are.
 */
export function shapeFor(states: number, rootBits: number, least: number): Shape {
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
  const isNarrow =
    narrow.buckets <= wide.buckets && restBits + leftBitsOf(narrow.buckets) <= SAYS_BITS.narrow;
  const shape = isNarrow ? narrow : wide;
  if (shape.buckets > MOST_BUCKETS || roomOf(shape) < states) {
    const most = roomOf({ kind: shape.kind, buckets: MOST_BUCKETS });
    throw new CapacityError(`more than ${most} states of ${rootBits} bits each`);
  }
  return shape;
}
