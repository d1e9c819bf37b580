/**
 * Rows: the root words of all states, in order of first sight, in as many bytes as they have.
 *
 * They are what the search still has to expand, what a trace is found in backwards, and what the visited set and other
 * layouts are made from again. Chunks of 16,384 rows, so that growing copies nothing.
 */
import type { Arena } from "./arena.js";
import { CHUNK_BITS, type Addresses } from "./control.js";
import { rootBytes, type Layout } from "./layout.js";

const CHUNK_ROWS = 1 << CHUNK_BITS;
/** A word is stored and loaded whole, past the end of the last row. */
const OVERRUN = 8;

export class Rows {
  /** The word last read. */
  low = 0;
  high = 0;
  readonly stride: number;
  readonly #arena: Arena;
  readonly #directory: number;
  #chunks: number[] = [];

  constructor(arena: Arena, { chunks }: Addresses, layout: Layout) {
    this.#arena = arena;
    this.#directory = chunks;
    this.stride = rootBytes(layout);
  }

  get bytes(): number {
    return this.#chunks.length * this.#chunkBytes;
  }

  /** Makes room for rows before `end`. */
  reserve(end: number): void {
    while (this.#chunks.length * CHUNK_ROWS < end) {
      this.#chunks.push(this.#arena.allocate(this.#chunkBytes));
      this.publish();
    }
  }

  /** Makes these the rows that kernels see. */
  publish(): void {
    this.#arena.words.set(this.#chunks, this.#directory >>> 2);
  }

  read(row: number): void {
    const { bytes } = this.#arena;
    const at = this.#address(row);
    this.low =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    this.high = 0;
    for (let i = 4; i < this.stride; i++) this.high |= (bytes[at + i] as number) << (8 * (i - 4));
  }

  write(row: number, low: number, high: number): void {
    const { bytes } = this.#arena;
    const at = this.#address(row);
    for (let i = 0; i < 4; i++) bytes[at + i] = low >>> (8 * i);
    for (let i = 4; i < this.stride; i++) bytes[at + i] = high >>> (8 * (i - 4));
  }

  /** The rows before `end` as bytes, chunk by chunk: to be read, or written over. */
  *pieces(end: number): Generator<Uint8Array> {
    for (let row = 0; row < end; row += CHUNK_ROWS) {
      const at = this.#address(row);
      yield this.#arena.bytes.subarray(at, at + Math.min(end - row, CHUNK_ROWS) * this.stride);
    }
  }

  free(): void {
    for (const chunk of this.#chunks) this.#arena.free(chunk, this.#chunkBytes);
    this.#chunks = [];
  }

  get #chunkBytes(): number {
    return CHUNK_ROWS * this.stride + OVERRUN;
  }

  #address(row: number): number {
    return (this.#chunks[row >>> CHUNK_BITS] as number) + (row & (CHUNK_ROWS - 1)) * this.stride;
  }
}
