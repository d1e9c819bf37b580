/**
 * Tuning: numbers that change no result, only time and memory.
 */
import { MAX_BYTES } from "../memory/arena.js";

/** Tests turn them to force what small systems would not need. */
export interface Tuning {
  /** Successors per lane: enough for the cache misses of their look-ups to overlap; at most 2^16. */
  readonly block: number;
  /** Lanes per batch. */
  readonly lanes: number;
  /** Fewer rows are not worth a batch. */
  readonly batchRows: number;
  /** How many states there are when other threads are worth starting. */
  readonly crewAt: number;
  /** Is the search to wait until they are there? It need not. */
  readonly awaitsCrew: boolean;
  /** log2 of the visited set's buckets, at least; there are as many as segments at least. */
  readonly bucketBits: number;
  /** Bits per component at first. */
  readonly componentBits: number;
  /** Bits for the numbers of interned words at first. */
  readonly numberBits: number;
  /** Bits of root words, at least: fields that do not need them have room to grow. */
  readonly rootBits: number;
  /** log2 of the bytes of the pairs of a thread's shortcuts (move-cache.ts). */
  readonly shortcutBits: number;
  /** log2 of the rows that are given up together. */
  readonly chunkBits: number;
  /** How many states there are when rows that are not needed any more are given up. */
  readonly releaseAt: number;
  /** How full the visited set may get, as a part of what is good for it. */
  readonly load: number;
  /** Bytes of a visited set that is in annexes (memory/annexes.ts), if more than one memory's bytes are granted. */
  readonly annexAt: number;
  /** Bytes of an annex, at most. */
  readonly annexBytes: number;
  /** How many states there are when the grouping is thought over. */
  readonly regroupAt: readonly number[];
  /** How many states there are when it is worth to compile a kernel. */
  readonly compileAt: number;
}

export const DEFAULT_TUNING: Tuning = {
  block: 4096,
  lanes: 64,
  batchRows: 2 ** 13,
  crewAt: 2 ** 16,
  awaitsCrew: false,
  bucketBits: 8,
  componentBits: 8,
  numberBits: 12,
  rootBits: 44,
  shortcutBits: 19,
  chunkBits: 14,
  releaseAt: 2 ** 17,
  load: 1,
  annexAt: 2 ** 30,
  annexBytes: MAX_BYTES,
  regroupAt: [2 ** 13, 2 ** 16],
  compileAt: 2 ** 13,
};
