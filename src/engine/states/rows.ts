/**
 * Rows: the root words of states, in order of first sight, while the search needs them.
 *
 * They are what is still to be expanded, and the level that is being expanded, so that a search can go back to its
 * beginning. Older ones are given up: that there are these states the visited set knows, how they were reached the tree
 * (search-tree.ts). They are in chunks, so that growing copies nothing and giving up is possible.
 */
import type { Arena } from "../memory/arena.js";
import { CapacityError } from "../memory/budget.js";
import { MAX_CHUNKS, ROW_BYTES, type Addresses } from "../memory/control-block.js";

export class Rows {
  /** The word last read. */
  low = 0;
  high = 0;
  readonly #arena: Arena;
  readonly #directory: number;
  /** log2 of the rows of a chunk. */
  readonly #chunkBits: number;
  /** By chunk; those before the first one are given up. */
  readonly #chunks: number[] = [];
  #firstChunk: number;
  #first: number;

  /** @param first rows before this one are not needed */
  constructor(arena: Arena, { chunks, chunkBits }: Addresses, first: number) {
    this.#arena = arena;
    this.#directory = chunks;
    this.#chunkBits = chunkBits;
    this.#first = first;
    this.#firstChunk = first >>> chunkBits;
  }

  get bytes(): number {
    return Math.max(0, this.#chunks.length - this.#firstChunk) * this.#chunkBytes;
  }

  /** The first row that is there. */
  get first(): number {
    return this.#first;
  }

  /** Makes room for rows before `end`. */
  reserve(end: number): void {
    for (
      let chunk = Math.max(this.#firstChunk, this.#chunks.length);
      chunk * this.#chunkRows < end;
      chunk++
    ) {
      if (chunk >= MAX_CHUNKS) throw new CapacityError(`more than ${MAX_CHUNKS * this.#chunkRows} states`);
      this.#chunks[chunk] = this.#arena.allocateRaw(this.#chunkBytes);
      this.publish();
    }
  }

  /** Gives up rows before this one; some of them may stay. */
  release(before: number): void {
    for (; this.#firstChunk < before >>> this.#chunkBits; this.#firstChunk++) {
      this.#arena.free(this.#chunks[this.#firstChunk] as number, this.#chunkBytes);
      this.#first = (this.#firstChunk + 1) * this.#chunkRows;
    }
  }

  /** Makes these the rows that kernels see. */
  publish(): void {
    const chunks = this.#chunks.slice(this.#firstChunk);
    this.#arena.words.set(chunks, (this.#directory >>> 2) + this.#firstChunk);
  }

  read(row: number): void {
    const at = this.#address(row) >>> 2;
    this.low = this.#arena.words[at] as number;
    this.high = this.#arena.words[at + 1] as number;
  }

  write(row: number, low: number, high: number): void {
    const at = this.#address(row) >>> 2;
    this.#arena.words[at] = low;
    this.#arena.words[at + 1] = high;
  }

  /** The rows from one on as bytes, chunk by chunk: to be read, or written over. */
  *pieces(from: number, end: number): Generator<Uint8Array> {
    for (let row = from; row < end;) {
      const next = Math.min(end, ((row >>> this.#chunkBits) + 1) * this.#chunkRows);
      const at = this.#address(row);
      yield this.#arena.bytes.subarray(at, at + (next - row) * ROW_BYTES);
      row = next;
    }
  }

  free(): void {
    this.release(this.#chunks.length * this.#chunkRows);
  }

  get #chunkRows(): number {
    return 1 << this.#chunkBits;
  }

  get #chunkBytes(): number {
    return this.#chunkRows * ROW_BYTES;
  }

  #address(row: number): number {
    return (this.#chunks[row >>> this.#chunkBits] as number) + (row & (this.#chunkRows - 1)) * ROW_BYTES;
  }
}
