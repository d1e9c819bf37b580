/**
 * Kernels: the inner loops of the search over packed states, for one layout.
 *
 * There are two, with the same results down to the last byte of the arena: WebAssembly (wasm-kernel.ts) and plain
 * TypeScript (plain-kernel.ts). Neither runs a recipe, allocates or decides anything: whatever is not in the tables yet,
 * or does not fit, is a status to return (control.ts).
 */
import type { Arena, Memory } from "./arena.js";
import type { Addresses } from "./control.js";
import type { Layout } from "./layout.js";

export interface Kernel {
  /** Makes the moves of rows from the cursor on; their successors go to the buffer. */
  readonly expand: () => number;
  /** Looks the buffered successors up in the visited set; the new ones become rows. */
  readonly flush: () => number;
  /** Checks the rules on states in the rows from `checked` on. */
  readonly check: () => number;
  /** Makes the moves of rows from the cursor on until one leads to the target. */
  readonly find: () => number;
  /** Enters the rows from the cursor on into the visited set. */
  readonly refill: () => number;
}

/** What a kernel is for. */
export interface KernelInput {
  readonly arena: Arena;
  readonly addresses: Addresses;
  readonly layout: Layout;
  readonly processes: number;
  /** Rules on states. */
  readonly rules: number;
}

export interface KernelKind {
  readonly name: "js" | "wasm";
  readonly memory: (maxBytes: number) => Memory;
  readonly kernel: (input: KernelInput) => Kernel;
}

/**
 * The visited set: exact, although an entry is shorter than the state it stands for.
 *
 * With n bucket bits a root word is home = low n bits and rest = the others. The word belongs in bucket
 * (home * odd ^ hash(rest)), or, where that is full, some strides further; the entry is the rest and, in 4 bits, how many
 * strides. Where an entry is and what it says give the word back, so no two words have the same entry. (The odd factor
 * scatters homes that follow each other: they are numbers, small ones are frequent, and whole regions would fill up.)
 *
 *   bucket   | 16 entries of 32 bits |  or  | 8 entries of 64 bits |     64 bytes, filled from the front; 0 is free
 *   entry    | rest | strides + 1 |
 */
export const TABLE = {
  bucketBytes: 64,
  strideBits: 4,
  maxStrides: 15,
  strideShift: 16,
  strideMask: 0xfff,
  homeFactor: 0x9e3779b1,
} as const;
