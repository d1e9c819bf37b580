/**
 * The kernel in plain TypeScript: what is used where there is no WebAssembly, and what the other one is tested against.
 */
import { PlainMemory } from "./arena.js";
import { Codec } from "./codec.js";
import {
  HOLE_WORDS,
  LANE,
  MAX_HOLES,
  R,
  ROW_BYTES,
  SEGMENT_BITS,
  STATUS,
  type LaneLayout,
} from "./control.js";
import { alone } from "./crew.js";
import { INNER, MOVE, MOVES, moveBytes } from "./footprint-tables.js";
import { hashOf } from "./hash.js";
import type { Kernel, KernelInput, KernelKind } from "./kernel.js";
import { bucketOf, leftBitsOf, placeOf, restHigh, restLow, strideOf, TABLE } from "./places.js";
import { split } from "./plain-split.js";
import { maskOf } from "./words.js";

const LANES = TABLE.bucketBytes / 4;

export const plainKernel: KernelKind = {
  name: "js",
  memory: () => new PlainMemory(),
  kernel: (input) => new PlainKernel(input),
  crew: (_threads, _arena, lane, kernel) => alone(kernel, lane),
};

/** What is done with a move. */
type Purpose = "expand" | "gather" | "find";

class PlainKernel implements Kernel {
  readonly shared = this;
  readonly #input: KernelInput;
  readonly #codec: Codec;
  readonly #layout: LaneLayout;
  readonly #moveBytes: number;
  /** The successor that was made last. */
  #low = 0;
  #high = 0;
  /** As they are during a call: memory never moves while one runs. */
  #words: Int32Array = new Int32Array(0);
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(input: KernelInput) {
    this.#input = input;
    this.#codec = new Codec(input.arena, input.addresses, input.layout);
    this.#layout = input.addresses.lane;
    this.#moveBytes = moveBytes(input.layout.leaves);
  }

  expand(lane: number): number {
    return this.#moves(lane, "expand");
  }

  find(lane: number): number {
    return this.#moves(lane, "find");
  }

  gather(lane: number): void {
    const status = this.#moves(lane, "gather");
    this.#words[(lane >>> 2) + LANE.status] = status;
  }

  flush(lane: number): number {
    const words = this.#look();
    const at = lane >>> 2;
    const buffer = (lane + this.#layout.buffer) >>> 2;
    const places = (lane + this.#layout.places) >>> 2;
    for (let i = words[at + LANE.flushed] as number; i < (words[at + LANE.buffered] as number); i++) {
      const low = words[buffer + 2 * i] as number;
      const high = words[buffer + 2 * i + 1] as number;
      words[at + LANE.flushed] = i;
      const status = this.#add(low, high, words[places + i] as number);
      if (status === FULL) return STATUS.tableFull;
      if (status === OLD) continue;
      this.#setBit(lane + this.#layout.news, i);
      const size = words[R.size] as number;
      this.#write(size, low, high);
      words[R.size] = size + 1;
      if (size >>> 0 >= (words[R.sizeLimit] as number) >>> 0) return STATUS.limit;
    }
    words[at + LANE.flushed] = words[at + LANE.buffered] = 0;
    return STATUS.done;
  }

  dedupe(part: number, parts: number, lanes: number): number {
    const words = this.#look();
    for (let turn = 0; turn < (words[R.lanes] as number); turn++) {
      const lane = lanes + turn * this.#layout.bytes;
      const buffer = (lane + this.#layout.buffer) >>> 2;
      const places = (lane + this.#layout.places) >>> 2;
      const buffered = words[(lane >>> 2) + LANE.buffered] as number;
      for (let i = 0; i < buffered; i++) {
        const place = words[places + i] as number;
        if (((place >>> TABLE.withinBits) * parts) >>> SEGMENT_BITS !== part) continue;
        const low = words[buffer + 2 * i] as number;
        const high = words[buffer + 2 * i + 1] as number;
        const status = this.#add(low, high, place);
        if (status === FULL) return STATUS.tableFull;
        if (status === OLD) continue;
        this.#bytes[lane + this.#layout.isNew + part * this.#layout.flags + i] = 1;
        const count = ((lane + this.#layout.counts) >>> 2) + part;
        words[count] = (words[count] as number) + 1;
      }
    }
    return STATUS.done;
  }

  split(segment: number): number {
    const words = this.#look();
    const { segments, otherSegments } = this.#input.addresses;
    const of = (directory: number, buckets: number): [number, number] => [
      (words[(directory >>> 2) + segment] as number) >>> 2,
      words[buckets] as number,
    ];
    const isWide = words[R.wideEntries] === 1;
    const isDone = split(words, of(segments, R.buckets), of(otherSegments, R.largerBuckets), isWide);
    return isDone ? STATUS.done : STATUS.tableFull;
  }

  number(lane: number): number {
    const words = this.#look();
    const at = lane >>> 2;
    const buffer = (lane + this.#layout.buffer) >>> 2;
    const buffered = words[at + LANE.buffered] as number;
    let row = words[at + LANE.firstNew] as number;
    for (let i = 0; i < buffered; i++) {
      if (!this.#takeNew(lane, i)) continue;
      this.#setBit(lane + this.#layout.news, i);
      this.#write(row++, words[buffer + 2 * i] as number, words[buffer + 2 * i + 1] as number);
    }
    words[at + LANE.flushed] = words[at + LANE.buffered] = 0;
    return STATUS.done;
  }

  /** Is a successor new in any part? Its bytes are cleared for the next batch. */
  #takeNew(lane: number, i: number): boolean {
    let isNew = false;
    for (let part = 0; part < (this.#words[R.parts] as number); part++) {
      const at = lane + this.#layout.isNew + part * this.#layout.flags + i;
      isNew ||= this.#bytes[at] === 1;
      this.#bytes[at] = 0;
    }
    return isNew;
  }

  enter(lane: number): number {
    const words = this.#look();
    const at = lane >>> 2;
    const buffer = (lane + this.#layout.buffer) >>> 2;
    const places = (lane + this.#layout.places) >>> 2;
    for (let i = words[at + LANE.flushed] as number; i < (words[at + LANE.buffered] as number); i++) {
      words[at + LANE.flushed] = i;
      const [low, high] = [words[buffer + 2 * i] as number, words[buffer + 2 * i + 1] as number];
      if (this.#add(low, high, words[places + i] as number) === FULL) return STATUS.tableFull;
    }
    words[at + LANE.flushed] = words[at + LANE.buffered] = 0;
    return STATUS.done;
  }

  check(lane: number): number {
    const words = this.#look();
    const { processes, rules } = this.#input;
    for (let row = words[R.checked] as number; row < (words[R.size] as number); row++) {
      words[R.checked] = row;
      this.#decode(lane, row);
      for (let rule = words[R.rule] as number; rule < rules; rule++) {
        if ((((words[R.wantedStates] as number) >>> rule) & 1) === 0) continue;
        words[R.rule] = rule;
        const answer = this.#walk(lane, processes + rule);
        if (answer === 0) return STATUS.miss;
        if (words[answer] !== 0) return STATUS.broken;
      }
      words[R.rule] = 0;
    }
    words[R.checked] = words[R.size] as number;
    return STATUS.done;
  }

  #moves(lane: number, purpose: Purpose): number {
    const words = this.#look();
    const { processes } = this.#input;
    const at = lane >>> 2;
    const buffer = (lane + this.#layout.buffer) >>> 2;
    const places = (lane + this.#layout.places) >>> 2;
    const moved = (lane + this.#layout.moved) >>> 2;
    const rowEnd = words[at + LANE.rowEnd] as number;
    let row = words[at + LANE.row] as number;
    let process = words[at + LANE.process] as number;
    let outcome = words[at + LANE.outcome] as number;
    const stop = (status: number): number => {
      words[at + LANE.row] = row;
      words[at + LANE.process] = process;
      words[at + LANE.outcome] = outcome;
      return status;
    };
    for (; row < rowEnd; row++) {
      this.#decode(lane, row);
      for (; process < processes; process++) {
        const answer = this.#walk(lane, process);
        if (answer === 0) return stop(STATUS.miss);
        const count = words[answer] as number;
        if (count === 0) continue;
        words[moved + process] = 1;
        for (; outcome < count; outcome++) {
          const move = 4 * answer + MOVES + outcome * this.#moveBytes;
          if (purpose === "find") {
            words[at + LANE.moves] = (words[at + LANE.moves] as number) + 1;
            const isMade = this.#makeSuccessor(move, true) === STATUS.done;
            words[at + LANE.alive] = 1;
            const isTarget = this.#low === words[R.targetLow] && this.#high === words[R.targetHigh];
            this.#witness(at, move);
            if (isMade && isTarget) return stop(STATUS.found);
            continue;
          }
          if (
            ((words[(move + MOVE.broken) >>> 2] as number) & (words[R.wantedTransitions] as number)) !==
            0
          ) {
            return stop(STATUS.broken);
          }
          const buffered = words[at + LANE.buffered] as number;
          if (buffered === words[R.block]) return stop(STATUS.full);
          const made = this.#makeSuccessor(move, purpose === "expand");
          if (made !== STATUS.done) {
            if (purpose === "expand") {
              words[at + LANE.fullNode] = this.#codec.fullNode;
              return stop(made);
            }
            const holes = words[at + LANE.holes] as number;
            if (holes === MAX_HOLES) return stop(STATUS.nodeFull);
            words.set(
              [buffered, row, process, outcome],
              ((lane + this.#layout.holes) >>> 2) + holes * HOLE_WORDS,
            );
            words[at + LANE.holes] = holes + 1;
          }
          this.#witness(at, move);
          if (words[at + LANE.alive] === 0) this.#setBit(lane + this.#layout.firsts, buffered);
          words[at + LANE.alive] = 1;
          words[buffer + 2 * buffered] = this.#low;
          words[buffer + 2 * buffered + 1] = this.#high;
          words[places + buffered] = placeOf(this.#low, this.#high);
          words[at + LANE.buffered] = buffered + 1;
        }
        outcome = 0;
      }
      if (words[at + LANE.alive] === 0) return stop(STATUS.stuck);
      words[at + LANE.alive] = 0;
      process = 0;
    }
    return stop(STATUS.done);
  }

  /** Makes the root word that a move of the decoded state leads to; `done`, or why it cannot be made. */
  #makeSuccessor(move: number, interns: boolean): number {
    const { orbits } = this.#input;
    if (!this.#codec.successor(move, interns)) return STATUS.nodeFull;
    this.#low = this.#codec.low;
    this.#high = this.#codec.high;
    if (orbits === undefined) return STATUS.done;
    if (!orbits.translate(this.#low, this.#high)) return STATUS.unmapped;
    this.#low = orbits.low;
    this.#high = orbits.high;
    return STATUS.done;
  }

  #setBit(address: number, i: number): void {
    const at = address + (i >>> 3);
    this.#bytes[at] = (this.#bytes[at] as number) | (1 << (i & 7));
  }

  #witness(at: number, move: number): void {
    const words = this.#words;
    words[at + LANE.witnessed] =
      (words[at + LANE.witnessed] as number) | (words[(move + MOVE.witnessed) >>> 2] as number);
  }

  #write(row: number, low: number, high: number): void {
    const at = this.#rowWord(row);
    this.#words[at] = low;
    this.#words[at + 1] = high;
  }

  #look(): Int32Array {
    this.#bytes = this.#input.arena.bytes;
    return (this.#words = this.#input.arena.words);
  }

  /** The answer of a table for the decoded state, by word; 0 if there is none yet. */
  #walk(lane: number, table: number): number {
    const words = this.#words;
    const { roots } = this.#input.addresses;
    const leaf = (lane + this.#layout.leaves) >>> 2;
    let at = words[(roots >>> 2) + table] as number;
    while (at !== 0 && (at & 1) === 0) {
      const node = at >>> 2;
      const word = words[leaf + (words[node] as number)] as number;
      const id = (word >>> (words[node + 1] as number)) & (words[node + 2] as number);
      const child = (id - (words[node + 3] as number)) >>> 0;
      at = child < (words[node + 4] as number) ? (words[node + INNER.children / 4 + child] as number) : 0;
    }
    return at >>> 2;
  }

  #decode(lane: number, row: number): void {
    const at = this.#rowWord(row);
    const words = this.#words;
    this.#codec.decode(words[at] as number, words[at + 1] as number, lane + this.#layout.leaves);
  }

  #rowWord(row: number): number {
    const { chunks, chunkBits } = this.#input.addresses;
    const chunk = this.#words[(chunks >>> 2) + (row >>> chunkBits)] as number;
    return ((chunk >>> 0) + (row & ((1 << chunkBits) - 1)) * ROW_BYTES) >>> 2;
  }

  /** Adds a root word to the visited set. */
  #add(low: number, high: number, place: number): number {
    const words = this.#words;
    const buckets = words[R.buckets] as number;
    const left = leftBitsOf(buckets);
    const isWide = words[R.wideEntries] === 1;
    const [rest, upperRest] = [restLow(low, high), restHigh(high)];
    const segment = (this.#input.addresses.segments >>> 2) + (place >>> TABLE.withinBits);
    const base = (words[segment] as number) >>> 2;
    let bucket = bucketOf(place & maskOf(TABLE.withinBits), buckets);
    const saysLow = (rest << left) | (place & maskOf(left));
    const saysHigh = left === 0 ? upperRest : (upperRest << left) | (rest >>> (32 - left));
    const entryHigh = (saysHigh << TABLE.strideBits) | (saysLow >>> (32 - TABLE.strideBits));
    for (let strides = 1; strides <= TABLE.maxStrides; strides++) {
      const entry = (saysLow << TABLE.strideBits) | strides;
      const from = base + bucket * LANES;
      if (isWide) {
        for (let at = from; at < from + LANES; at += 2) {
          if (words[at] === entry && words[at + 1] === entryHigh) return OLD;
          if (words[at] !== 0) continue;
          words[at] = entry;
          words[at + 1] = entryHigh;
          return NEW;
        }
      } else {
        for (let at = from; at < from + LANES; at++) {
          if (words[at] === entry) return OLD;
          if (words[at] !== 0) continue;
          words[at] = entry;
          return NEW;
        }
      }
      bucket = (bucket + strideOf(hashOf(rest, upperRest), buckets)) % buckets;
    }
    return FULL;
  }
}

const OLD = 0;
const NEW = 1;
const FULL = 2;
