/**
 * From root words back to rows.
 *
 * Open addressing: 0 is free, i + 1 is the i-th row.
 */
import { hashOf } from "../memory/hash.js";
import type { Rows } from "./rows.js";
import type { WordList } from "../memory/word-array.js";

/** How many slots so many rows take. */
export function slotsFor(rows: number): number {
  return 2 ** Math.ceil(Math.log2(2 * rows + 2));
}

export class RowIndex {
  readonly #rows: Rows;
  readonly #first: number;
  readonly #slots: WordList;
  readonly #mask: number;

  /**
   * Knows no row at first.
   * @param first the first one that it may get to know
   * @param slots as many as {@link slotsFor} says, all 0
   */
  constructor(rows: Rows, first: number, slots: WordList) {
    this.#rows = rows;
    this.#first = first;
    this.#slots = slots;
    this.#mask = slots.length - 1;
  }

  add(row: number): void {
    this.#rows.read(row);
    let slot = hashOf(this.#rows.low, this.#rows.high) & this.#mask;
    while (this.#slots.get(slot) !== 0) slot = (slot + 1) & this.#mask;
    this.#slots.set(slot, row - this.#first + 1);
  }

  /** Undefined if it is none of them. */
  rowOf(low: number, high: number): number | undefined {
    for (let slot = hashOf(low, high) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const number = this.#slots.get(slot);
      if (number === 0) return undefined;
      const row = this.#first + number - 1;
      this.#rows.read(row);
      if (this.#rows.low === low && this.#rows.high === high) return row;
    }
  }

  /**
   * The rows of many words, all of which are there. What is to be fetched from memory for one is fetched while others are on
   * their way: the first place of all words, and then the rows that these places name.
   * @param words two halves each
   * @param rows gets as many rows as it has places
   */
  rowsOf(words: Int32Array, rows: Int32Array): void {
    for (let i = 0; i < rows.length; i++) {
      rows[i] = this.#slots.get(hashOf(words[2 * i] as number, words[2 * i + 1] as number) & this.#mask);
    }
    for (let i = 0; i < rows.length; i++) {
      const [low, high] = [words[2 * i] as number, words[2 * i + 1] as number];
      const row = this.#first + (rows[i] as number) - 1;
      if (row >= this.#first) this.#rows.read(row);
      const isIt = row >= this.#first && this.#rows.low === low && this.#rows.high === high;
      rows[i] = isIt ? row : this.#mustBe(low, high);
    }
  }

  #mustBe(low: number, high: number): number {
    const row = this.rowOf(low, high);
    if (row === undefined) throw new Error("a transition of a complete search leads to no state");
    return row;
  }
}
