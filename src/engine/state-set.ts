/**
 * The set of visited states: exact, growing, in order of first sight.
 *
 * A state is a row of ids, one per component, 16 bits each:
 *
 *   rows   | id id id ... | id id id ... | id id id ... |      row i is state i, `width` ids, padded to 32 bits
 *   slots  | . | 2 | . | . | 1 | 3 | . | . |                   open addressing: 0 is free, i + 1 is state i
 *
 * Whole rows are compared, so two states are one only if they are equal. Nothing is dropped: a set that may not
 * grow further says so.
 */

const INITIAL_STATES = 1 << 12;

export class StateSet {
  /** How many states there are; states are numbered from 0. */
  size = 0;
  /** Ids per row, padding included. */
  readonly stride: number;
  rows: Uint16Array;
  #words: Uint32Array;
  #slots: Uint32Array;
  #mask: number;

  constructor(components: number) {
    this.stride = components + (components % 2);
    this.rows = new Uint16Array(INITIAL_STATES * this.stride);
    this.#words = new Uint32Array(this.rows.buffer);
    this.#slots = new Uint32Array(INITIAL_STATES * 2);
    this.#mask = this.#slots.length - 1;
  }

  /** Bytes held, free space included. */
  get bytes(): number {
    return this.rows.byteLength + this.#slots.byteLength;
  }

  /** The row a new state has to be written to before {@link add}, as an offset into `rows`. */
  get scratch(): number {
    return this.size * this.stride;
  }

  /** Adds the state in the scratch row unless it is there already; true if it was new. */
  add(): boolean {
    const slot = this.#find(this.size);
    if (this.#slots[slot] !== 0) return false;
    this.#slots[slot] = this.size + 1;
    this.size++;
    if ((this.size + 1) * this.stride > this.rows.length) this.#growRows();
    if (this.size * 2 > this.#slots.length) this.#growSlots();
    return true;
  }

  /** The number of the state in the scratch row, -1 if it is not there. */
  indexOfScratch(): number {
    return (this.#slots[this.#find(this.size)] as number) - 1;
  }

  /** Is the state in the scratch row this one? */
  isScratch(state: number): boolean {
    return this.#slots[this.#find(this.size)] === state + 1;
  }

  /** The slot that holds a state equal to the one in row `row`, or the free slot where it belongs. */
  #find(row: number): number {
    const words = this.#words;
    const width = this.stride / 2;
    const from = row * width;
    let hash = 0;
    for (let i = 0; i < width; i++) {
      hash = Math.imul(hash ^ (words[from + i] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
    let slot = (hash ^ (hash >>> 16)) & this.#mask;
    for (;;) {
      const state = this.#slots[slot] as number;
      if (state === 0) return slot;
      const at = (state - 1) * width;
      let i = 0;
      while (i < width && words[at + i] === words[from + i]) i++;
      if (i === width) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  #growRows(): void {
    const rows = new Uint16Array(this.rows.length * 2);
    rows.set(this.rows);
    this.rows = rows;
    this.#words = new Uint32Array(rows.buffer);
  }

  #growSlots(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    this.#mask = this.#slots.length - 1;
    for (let state = 0; state < this.size; state++) this.#slots[this.#find(state)] = state + 1;
  }
}
