/**
 * A lane of the control block: a cursor over rows, and a buffer for successors.
 */
import type { Arena } from "./arena.js";
import { HOLE_WORDS, LANE, R, type LaneLayout } from "./control-block.js";
import { placeOf } from "./visited-format.js";

/** A successor that is missing in a lane's buffer. */
export interface Hole {
  /** Where it belongs in the buffer. */
  readonly index: number;
  readonly row: number;
  readonly process: number;
  readonly outcome: number;
}

/** The registers that say where a lane is. */
const CURSOR = [LANE.row, LANE.process, LANE.outcome, LANE.rowEnd, LANE.alive];

export class Lane {
  readonly address: number;
  readonly #arena: Arena;
  readonly #layout: LaneLayout;

  constructor(arena: Arena, layout: LaneLayout, address: number) {
    this.#arena = arena;
    this.#layout = layout;
    this.address = address;
  }

  get(register: number): number {
    return this.#arena.words[(this.address >>> 2) + register] as number;
  }

  set(register: number, value: number): void {
    this.#arena.words[(this.address >>> 2) + register] = value;
  }

  /** Where the leaf words of the row at hand are. */
  get leaves(): number {
    return this.address + this.#layout.leaves;
  }

  /** Where the bits of its successors are that say whether they are by the first move of a row, and new. */
  get firsts(): number {
    return this.address + this.#layout.firsts;
  }

  get news(): number {
    return this.address + this.#layout.news;
  }

  /** Forgets what is new. */
  clearBits(): void {
    const counts = (this.address + this.#layout.counts) >>> 2;
    this.#arena.words.fill(0, counts, counts + (this.#arena.words[R.threads] as number));
    this.#arena.bytes.fill(0, this.firsts, this.firsts + this.#layout.bits);
    this.#arena.bytes.fill(0, this.news, this.news + this.#layout.bits);
  }

  /** Takes back successors from one on; true if that one is by the first move of its row. */
  truncate(index: number): boolean {
    const { bytes } = this.#arena;
    const at = this.firsts + (index >>> 3);
    const byte = bytes[at] as number;
    bytes[at] = byte & ((1 << (index & 7)) - 1);
    bytes.fill(0, at + 1, this.firsts + this.#layout.bits);
    this.set(LANE.buffered, index);
    return ((byte >>> (index & 7)) & 1) === 1;
  }

  /** Sets the cursor to the beginning of a row. */
  start(row: number, rowEnd: number): void {
    this.cursor = [row, 0, 0, rowEnd, 0];
  }

  get cursor(): number[] {
    return CURSOR.map((register) => this.get(register));
  }

  set cursor(values: readonly number[]) {
    CURSOR.forEach((register, i) => this.set(register, values[i] as number));
  }

  /** Puts a root word into the buffer. */
  put(index: number, low: number, high: number): void {
    const at = ((this.address + this.#layout.buffer) >>> 2) + 2 * index;
    this.#arena.words[at] = low;
    this.#arena.words[at + 1] = high;
    this.#arena.words[((this.address + this.#layout.places) >>> 2) + index] = placeOf(low, high);
  }

  hole(number: number): Hole {
    const at = ((this.address + this.#layout.holes) >>> 2) + HOLE_WORDS * number;
    const word = (i: number) => this.#arena.words[at + i] as number;
    return { index: word(0), row: word(1), process: word(2), outcome: word(3) };
  }

  /** How many new states all threads have counted. */
  get newStates(): number {
    const { words } = this.#arena;
    const from = (this.address + this.#layout.counts) >>> 2;
    let sum = 0;
    for (let thread = 0; thread < (words[R.threads] as number); thread++)
      sum += words[from + thread] as number;
    return sum;
  }

  hasMoved(process: number): boolean {
    return this.#arena.words[((this.address + this.#layout.moved) >>> 2) + process] === 1;
  }

  /** Forgets which processes have moved and which witnesses were reached. */
  forget(): void {
    const { moved, buffer } = this.#layout;
    this.#arena.words.fill(0, (this.address + moved) >>> 2, (this.address + buffer) >>> 2);
    this.set(LANE.witnessed, 0);
  }
}
