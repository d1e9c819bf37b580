/**
 * The list of bits that a search's tree is made of, against an array of them: whatever it is appended in, however that
 * lies across words and chunks, it says of every place and of every number what the array says.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { Bits } from "../../../src/engine/memory/bit-vector.js";
import { numbers, usedArena } from "../../support/engine/engine-room.js";

const CHUNK = 2 ** 18;
/** Bits that are appended at once, at most; as in a lane. */
const MOST = 2 ** 16;
/** Of lists this long, a smaller one is not worth the minutes that it takes to find it. */
const LONG = { endOnFailure: true };

/** Bits, each of them a number. */
type Run = ArrayLike<number>;

/** A place, and how many bits are set up to there. */
interface PlaceRank {
  readonly place: number;
  readonly rank: number;
}

/** A list of bits, and what it should be. */
class Checked {
  readonly bits: Bits;
  length = 0;
  readonly #expected = new Uint8Array(4 * CHUNK);
  readonly #arena = usedArena();
  readonly #from = this.#arena.allocate(MOST / 8);

  constructor() {
    this.bits = new Bits(this.#arena);
  }

  append(run: Run): void {
    const bytes = new Uint8Array(MOST / 8);
    for (let done = 0; done < run.length; done += MOST) {
      const count = Math.min(MOST, run.length - done);
      // What is behind the run is nobody's business.
      bytes.fill(0xff);
      for (let i = 0; i < count; i++) {
        if (run[done + i] === 0) bytes[i >>> 3] = (bytes[i >>> 3] as number) & ~(1 << (i & 7));
      }
      this.#arena.bytes.set(bytes, this.#from);
      this.bits.reserve(count);
      this.bits.append(this.#from, count);
    }
    this.#expected.set(run, this.length);
    this.length += run.length;
  }

  /** Has the empty list begin as another one. */
  loadFrom(other: Checked, count: number): void {
    const pieces = [...other.bits.pieces(count)];
    this.bits.load(count, (into) => into.set(pieces.shift() ?? []));
    expect(pieces).toEqual([]);
    this.#expected.set(other.#expected.subarray(0, count));
    this.length = count;
  }

  /** Asks of these places how many bits are set up to there, and of those that are set where that one is. */
  expectSame(places: readonly number[]): void {
    expect(this.bits.length).toBe(this.length);
    const inside = new Set(places.filter((place) => place >= 0 && place < this.length));
    const [asked, selected]: [PlaceRank[], PlaceRank[]] = [[], []];
    for (let place = 0, rank = 0; place < this.length; place++) {
      const isSet = this.#expected[place] === 1;
      if (isSet) rank++;
      if (!inside.has(place)) continue;
      asked.push({ place, rank });
      if (isSet) selected.push({ place, rank });
    }
    expect(asked.map(({ place }) => ({ place, rank: this.bits.rank(place) }))).toEqual(asked);
    expect(selected.map(({ rank }) => ({ place: this.bits.select(rank), rank }))).toEqual(selected);
  }
}

const run = fc.array(fc.constantFrom(0, 1), { maxLength: 100, size: "max" });
const runs = fc.array(run, { maxLength: 12 });
/** One of so many bits is set, or none is. */
const density = fc.constantFrom(1, 2, 7, 1000, 2 * CHUNK, Infinity);
const seed = fc.integer({ min: 1, max: 1e9 });

describe("a list of bits", () => {
  prop.prop([runs])("is what was appended", (lanes) => {
    const checked = new Checked();
    for (const lane of lanes) checked.append(lane);
    checked.expectSame(range(0, checked.length));
  });

  const long = fc.array(run, { minLength: 4, maxLength: 12 });
  prop.prop([fc.integer({ min: 0, max: 130 }), density, seed, long], { ...LONG, numRuns: 40 })(
    "is so where runs end at, begin at and lie across the end of a chunk",
    (before, one, from, lanes) => {
      const checked = new Checked();
      checked.append(manyBits(CHUNK - before, one, from));
      for (const lane of lanes) checked.append(lane);
      checked.expectSame([0, ...range(CHUNK - 200, checked.length)]);
      expect(checked.bits.bytes).toBe(((checked.length > CHUNK ? 2 : 1) * CHUNK) / 8);
    },
  );

  prop.prop([fc.tuple(density, density, density), seed, run], { ...LONG, numRuns: 15 })(
    "is so with chunks that are full, sparse or empty",
    (densities, from, last) => {
      const checked = new Checked();
      densities.forEach((one, i) => checked.append(manyBits(CHUNK, one, from + i)));
      checked.append(last);
      checked.expectSame([
        ...[0, 1, 2, 3].flatMap((chunk) => range(chunk * CHUNK - 40, chunk * CHUNK + 40)),
        ...randomPlaces(from, checked.length),
      ]);
      expect(checked.bits.bytes).toBe(((last.length > 0 ? 4 : 3) * CHUNK) / 8);
    },
  );
});

describe("what a list begins with, as bytes", () => {
  const whole = new Checked();
  whole.append(manyBits(2 * CHUNK + 77, 2, 1));
  const cut = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: CHUNK - 130, max: CHUNK + 130 }),
    fc.constantFrom(CHUNK, 2 * CHUNK),
  );

  prop.prop([cut, runs], { ...LONG, numRuns: 40 })("is a list again, which can go on", (count, lanes) => {
    const again = new Checked();
    again.loadFrom(whole, count);
    for (const lane of lanes) again.append(lane);
    again.expectSame([...range(0, 40), ...range(CHUNK - 40, CHUNK + 40), ...range(count - 40, again.length)]);
  });

  test("is as long as it has to be", () => {
    const lengths = (count: number) => [...whole.bits.pieces(count)].map((piece) => piece.length);
    expect(lengths(0)).toEqual([]);
    expect(lengths(8)).toEqual([1]);
    expect(lengths(9)).toEqual([2]);
    expect(lengths(CHUNK)).toEqual([CHUNK / 8]);
    expect(lengths(CHUNK + 9)).toEqual([CHUNK / 8, 2]);
  });
});

/** One of `one` is set, more or less. */
function manyBits(count: number, one: number, from: number): Run {
  const next = numbers(from);
  return Uint8Array.from({ length: count }, () => ((next() >>> 0) % one === 0 ? 1 : 0));
}

function range(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i);
}

function randomPlaces(from: number, below: number): number[] {
  const next = numbers(from);
  return Array.from({ length: 50 }, () => (next() >>> 0) % below);
}
