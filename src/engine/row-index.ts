/**
 * From root words back to rows.
 *
 * Open addressing: 0 is free, i + 1 is the i-th row.
 */
import { hashOf } from "./hash.js";
import type { Rows } from "./rows.js";

export class RowIndex {
  readonly #rows: Rows;
  readonly #first: number;
  readonly #slots: Uint32Array;
  readonly #mask: number;

  /** Of the rows from one on. */
  constructor(rows: Rows, first: number, end: number) {
    this.#rows = rows;
    this.#first = first;
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * (end - first) + 2)));
    this.#mask = this.#slots.length - 1;
    for (let row = first; row < end; row++) {
      rows.read(row);
      let slot = hashOf(rows.low, rows.high) & this.#mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = row - first + 1;
    }
  }

  /** Undefined if it is none of them. */
  rowOf(low: number, high: number): number | undefined {
    for (let slot = hashOf(low, high) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const number = this.#slots[slot] as number;
      if (number === 0) return undefined;
      const row = this.#first + number - 1;
      this.#rows.read(row);
      if (this.#rows.low === low && this.#rows.high === high) return row;
    }
  }
}
