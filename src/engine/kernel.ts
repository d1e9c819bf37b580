/**
 * Kernels: the inner loops of the search over packed states, for one layout.
 *
 * There are two, with the same results down to the last byte of the arena: WebAssembly (wasm-kernel.ts) and plain
 * TypeScript (plain-kernel.ts). Neither runs a recipe, allocates or decides anything: whatever is not in the tables yet,
 * or does not fit, is a status to return (control.ts). Lanes are given by address.
 */
import type { Arena, Memory } from "./arena.js";
import type { Addresses, LaneLayout } from "./control.js";
import type { Crew } from "./crew.js";
import { hashOf } from "./hash.js";
import type { Layout } from "./layout.js";
import type { ShortcutLayout } from "./shortcuts.js";

export interface Kernel {
  /** Makes the moves of rows from the lane's cursor on; their successors go to its buffer. */
  readonly expand: (lane: number) => number;
  /** Looks the buffered successors up in the visited set; the new ones become rows. */
  readonly flush: (lane: number) => number;
  /** Checks the rules on states in the rows from `checked` on. */
  readonly check: (lane: number) => number;
  /** Makes the moves of rows from the lane's cursor on until one leads to the target. */
  readonly find: (lane: number) => number;
  /** Enters the rows from the lane's cursor on into the visited set. */
  readonly refill: (lane: number) => number;
  /** Writes a row for every successor of a lane that is marked as new. */
  readonly number: (lane: number) => number;
  /** The parts that several threads can do at the same time. */
  readonly shared: SharedKernel;
}

/** What one thread may do while others do the same with other lanes or segments. */
export interface SharedKernel {
  /**
   * As `expand`, but interns nothing: where a successor has a new word, it leaves a hole. Sets the lane's status.
   * `thread` is a number from 0; its shortcuts are used.
   */
  readonly gather: (lane: number, thread: number) => void;
  /**
   * Looks up, lane by lane, those successors of all lanes that are in the segments of a part, and marks the new ones.
   * `lanes` is the first lane.
   */
  readonly dedupe: (part: number, parts: number, lanes: number) => number;
  /** Enters what is in a segment of the visited set in the other one, which has twice as many buckets. */
  readonly split: (segment: number) => number;
  /** What other threads make the same kernel from; absent if they cannot. */
  readonly module?: object;
}

/** What a kernel is for. */
export interface KernelInput {
  readonly arena: Arena;
  readonly addresses: Addresses;
  readonly layout: Layout;
  readonly processes: number;
  /** Rules on states. */
  readonly rules: number;
  readonly shortcuts?: ShortcutLayout | undefined;
}

export interface KernelKind {
  readonly name: "js" | "wasm";
  readonly memory: (maxBytes: number) => Memory;
  readonly kernel: (input: KernelInput) => Kernel;
  /** So many threads, or as many as there can be. */
  readonly crew: (threads: number, arena: Arena, lane: LaneLayout, kernel: () => SharedKernel) => Crew;
}

/**
 * The visited set: exact, although an entry is shorter than the state it stands for.
 *
 * A root word is home = low 26 bits and rest = the others. place = scattered(home ^ hash(rest)), in 26 bits, and rest give
 * the word back. The high n bits of place are the word's bucket, of 2^n; the low ones and rest are what an entry says:
 *
 *   place    | segment, 6 bits | bucket within | left |          left: 26 - n bits
 *   entry    | rest | left | strides + 1, 4 bits |
 *   bucket   | 16 entries of 32 bits |  or  | 8 entries of 64 bits |     64 bytes, filled from the front; 0 is free
 *
 * Where the bucket is full the entry goes some strides further, within the segment; how far is in the entry, and the
 * stride depends on rest only. So where an entry is and what it says give the word back, and no two words have the same
 * entry. With twice as many buckets the words of bucket b are in 2b and 2b + 1: the set grows without looking at
 * states. (Homes are fields with numbers in them, of which small ones are frequent: one odd factor would leave the
 * pattern in them, so scattering is a product, a shift and a product, each of which can be undone.)
 */
export const TABLE = {
  bucketBytes: 64,
  homeBits: 26,
  strideBits: 4,
  maxStrides: 15,
  strideShift: 16,
  strideMask: 0xfff,
  /** 2^26 by the golden ratio; and another one. */
  firstFactor: 41_475_557,
  secondFactor: 44_601_341,
  shift: 13,
} as const;

/** The place of a word. */
export function placeOf(low: number, high: number): number {
  const mask = 2 ** TABLE.homeBits - 1;
  const hash = hashOf((low >>> TABLE.homeBits) | (high << (32 - TABLE.homeBits)), high >>> TABLE.homeBits);
  const product = Math.imul(low ^ hash, TABLE.firstFactor) & mask;
  return Math.imul(product ^ (product >>> TABLE.shift), TABLE.secondFactor) & mask;
}

/** Why an entry is where it is: kernels and visited-set.ts agree on it. */
export function strideOf(hash: number): number {
  return ((hash >>> TABLE.strideShift) & TABLE.strideMask) | 1;
}
