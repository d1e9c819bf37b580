/**
 * The loops of the plain kernel over rows: making the moves of states, and checking the rules on states.
 *
 * Where a loop is, is in registers (control-block.ts): the lane's cursor, or `checked` and `rule`. They are stepped with the
 * loop, so that it can stop anywhere and be gone on with, also by another kernel.
 */
import { Codec } from "../../encoding/codec.js";
import { HOLE_WORDS, LANE, MAX_HOLES, R, STATUS, type LaneLayout } from "../../memory/control-block.js";
import { MOVE, MOVES, moveBytes } from "../../oracle/answer-tables.js";
import type { KernelInput, Purpose } from "../kernel.js";
import { placeOf } from "../../memory/visited-format.js";
import { rowWord, setBit, walk } from "./state.js";

export class PlainRows {
  readonly #input: KernelInput;
  readonly #codec: Codec;
  readonly #layout: LaneLayout;
  /** Where the roots of tables are, by word. */
  readonly #roots: number;
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
    this.#roots = input.addresses.roots >>> 2;
    this.#moveBytes = moveBytes(input.layout.leaves);
  }

  /** Makes the moves of rows, from the lane's cursor on. */
  move(lane: number, purpose: Purpose): number {
    const words = this.#look();
    const { processes } = this.#input;
    const at = lane >>> 2;
    const leaf = (lane + this.#layout.leaves) >>> 2;
    const moved = (lane + this.#layout.moved) >>> 2;
    const rowEnd = words[at + LANE.rowEnd] as number;
    for (let row = words[at + LANE.row] as number; row < rowEnd; words[at + LANE.row] = ++row) {
      this.#decode(lane, row);
      let process = words[at + LANE.process] as number;
      for (; process < processes; words[at + LANE.process] = ++process) {
        const answer = walk(words, words[this.#roots + process] as number, leaf);
        if (answer === 0) return STATUS.miss;
        if (words[answer] === 0) continue;
        words[moved + process] = 1;
        const status =
          purpose === "find" ? this.#tryMoves(lane, answer) : this.#makeMoves(lane, answer, purpose);
        if (status !== STATUS.done) return status;
      }
      if (words[at + LANE.alive] === 0) return STATUS.stuck;
      words[at + LANE.alive] = 0;
      words[at + LANE.process] = 0;
    }
    return STATUS.done;
  }

  /** Checks the rules on states in the rows from `checked` on. */
  check(lane: number): number {
    const words = this.#look();
    const { processes, rules } = this.#input;
    const leaf = (lane + this.#layout.leaves) >>> 2;
    for (let row = words[R.checked] as number; row < (words[R.size] as number); row++) {
      words[R.checked] = row;
      this.#decode(lane, row);
      for (let rule = words[R.rule] as number; rule < rules; rule++) {
        if ((((words[R.wantedStates] as number) >>> rule) & 1) === 0) continue;
        words[R.rule] = rule;
        const answer = walk(words, words[this.#roots + processes + rule] as number, leaf);
        if (answer === 0) return STATUS.miss;
        if (words[answer] !== 0) return STATUS.broken;
      }
      words[R.rule] = 0;
    }
    words[R.checked] = words[R.size] as number;
    return STATUS.done;
  }

  /** Makes the moves of an answer, from the cursor's on, into the lane's buffer. */
  #makeMoves(lane: number, answer: number, purpose: "expand" | "gather"): number {
    const words = this.#words;
    const at = lane >>> 2;
    const count = words[answer] as number;
    let outcome = words[at + LANE.outcome] as number;
    for (; outcome < count; words[at + LANE.outcome] = ++outcome) {
      const move = this.#moveOf(answer, outcome);
      const broken = words[(move + MOVE.broken) >>> 2] as number;
      if ((broken & (words[R.wantedTransitions] as number)) !== 0) return STATUS.broken;
      if (words[at + LANE.buffered] === words[R.block]) return STATUS.full;
      const status = this.#makeSuccessor(move, purpose === "expand");
      if (status !== STATUS.done) {
        if (purpose === "expand") {
          words[at + LANE.fullNode] = this.#codec.fullNode;
          return status;
        }
        if (!this.#leaveHole(lane)) return STATUS.nodeFull;
      }
      this.#witness(at, move);
      this.#toBuffer(lane);
    }
    words[at + LANE.outcome] = 0;
    return STATUS.done;
  }

  /** Makes the moves of an answer, from the cursor's on, until one leads to the target. */
  #tryMoves(lane: number, answer: number): number {
    const words = this.#words;
    const at = lane >>> 2;
    const count = words[answer] as number;
    let outcome = words[at + LANE.outcome] as number;
    for (; outcome < count; words[at + LANE.outcome] = ++outcome) {
      const move = this.#moveOf(answer, outcome);
      words[at + LANE.moves] = (words[at + LANE.moves] as number) + 1;
      words[at + LANE.alive] = 1;
      const isMade = this.#makeSuccessor(move, true) === STATUS.done;
      this.#witness(at, move);
      const isTarget = this.#low === words[R.targetLow] && this.#high === words[R.targetHigh];
      if (isMade && isTarget) return STATUS.found;
    }
    words[at + LANE.outcome] = 0;
    return STATUS.done;
  }

  /** The address of a move. */
  #moveOf(answer: number, outcome: number): number {
    return 4 * answer + MOVES + outcome * this.#moveBytes;
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

  /** Notes that the successor at the end of the buffer is missing; false if there are too many of them. */
  #leaveHole(lane: number): boolean {
    const words = this.#words;
    const at = lane >>> 2;
    const holes = words[at + LANE.holes] as number;
    if (holes === MAX_HOLES) return false;
    const hole = ((lane + this.#layout.holes) >>> 2) + holes * HOLE_WORDS;
    words[hole] = words[at + LANE.buffered] as number;
    words[hole + 1] = words[at + LANE.row] as number;
    words[hole + 2] = words[at + LANE.process] as number;
    words[hole + 3] = words[at + LANE.outcome] as number;
    words[at + LANE.holes] = holes + 1;
    return true;
  }

  /** Notes the witnesses that a move reaches, for a lane, by word. */
  #witness(at: number, move: number): void {
    const words = this.#words;
    words[at + LANE.witnessed] =
      (words[at + LANE.witnessed] as number) | (words[(move + MOVE.witnessed) >>> 2] as number);
  }

  /** Puts the successor that was made last into the lane's buffer. */
  #toBuffer(lane: number): void {
    const words = this.#words;
    const at = lane >>> 2;
    const buffered = words[at + LANE.buffered] as number;
    if (words[at + LANE.alive] === 0) setBit(this.#bytes, lane + this.#layout.firsts, buffered);
    words[at + LANE.alive] = 1;
    const successor = ((lane + this.#layout.buffer) >>> 2) + 2 * buffered;
    words[successor] = this.#low;
    words[successor + 1] = this.#high;
    words[((lane + this.#layout.places) >>> 2) + buffered] = placeOf(this.#low, this.#high);
    words[at + LANE.buffered] = buffered + 1;
  }

  /** Takes a row apart; its leaf words go to the lane. */
  #decode(lane: number, row: number): void {
    const words = this.#words;
    const at = rowWord(words, this.#input.addresses, row);
    this.#codec.decode(words[at] as number, words[at + 1] as number, lane + this.#layout.leaves);
  }

  /** To be called first by whatever others call. */
  #look(): Int32Array {
    this.#bytes = this.#input.arena.bytes;
    return (this.#words = this.#input.arena.words);
  }
}
