/**
 * Tuning: numbers that change no result, only time and memory.
 */
import { MAX_BLOCK } from "./control.js";

/** Tests turn them to force what small systems would not need. */
export interface Tuning {
  /** Successors per block. */
  readonly block: number;
  /** log2 of the visited set's buckets, at least. */
  readonly bucketBits: number;
  /** Bits per component at first. */
  readonly componentBits: number;
  /** Bits for the numbers of interned words at first. */
  readonly numberBits: number;
  /** How many states there are when the grouping is thought over. */
  readonly regroupAt: readonly number[];
  /** How many states there are when it is worth to compile a kernel. */
  readonly compileAt: number;
}

export const DEFAULT_TUNING: Tuning = {
  block: MAX_BLOCK,
  bucketBits: 8,
  componentBits: 8,
  numberBits: 12,
  regroupAt: [2 ** 13, 2 ** 16],
  compileAt: 2 ** 13,
};
