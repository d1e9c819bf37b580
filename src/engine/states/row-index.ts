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
}
