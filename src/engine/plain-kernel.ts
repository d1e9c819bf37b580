/**
 * The kernel in plain TypeScript: what is used where there is no WebAssembly, and what the other one is tested against.
 */
import { PlainMemory } from "./arena.js";
import { Codec } from "./codec.js";
import { HOLE_WORDS, LANE, MAX_HOLES, R, STATUS, type LaneLayout } from "./control.js";
import { alone } from "./crew.js";
import { MOVE, MOVES, moveBytes } from "./footprint-tables.js";
import type { Kernel, KernelInput, KernelKind } from "./kernel.js";
import { placeOf } from "./places.js";
import { dedupe, enter, flush, number } from "./plain-buffers.js";
import { split } from "./plain-split.js";
import { rowWord, setBit, walk } from "./plain-state.js";

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
    return flush(this.#input, lane);
  }

  enter(lane: number): number {
    return enter(this.#input, lane);
  }

  dedupe(part: number, parts: number, lanes: number): number {
    return dedupe(this.#input, part, parts, lanes);
  }

  number(lane: number): number {
    return number(this.#input, lane);
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
          if (words[at + LANE.alive] === 0) setBit(this.#bytes, lane + this.#layout.firsts, buffered);
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

  #witness(at: number, move: number): void {
    const words = this.#words;
    words[at + LANE.witnessed] =
      (words[at + LANE.witnessed] as number) | (words[(move + MOVE.witnessed) >>> 2] as number);
  }

  #look(): Int32Array {
    this.#bytes = this.#input.arena.bytes;
    return (this.#words = this.#input.arena.words);
  }

  /** The answer of a table for the decoded state, by word; 0 if there is none yet. */
  #walk(lane: number, table: number): number {
    const root = this.#words[(this.#input.addresses.roots >>> 2) + table] as number;
    return walk(this.#words, root, (lane + this.#layout.leaves) >>> 2);
  }

  #decode(lane: number, row: number): void {
    const words = this.#words;
    const at = rowWord(words, this.#input.addresses, row);
    this.#codec.decode(words[at] as number, words[at + 1] as number, lane + this.#layout.leaves);
  }
}
