/**
 * The control block: what the search and its kernels tell each other, at fixed places in the arena.
 *
 * A kernel is a function of the arena: it starts from the cursor here, leaves it where it stopped, and returns why.
 * All registers are 32-bit words.
 */
import type { Arena } from "./arena.js";

/** Registers, by word. */
export const R = {
  /** The cursor: the next move to make is `outcome` of `process` in row `row`. */
  row: 0,
  process: 1,
  outcome: 2,
  /** Rows from here on are not for this call. */
  rowEnd: 3,
  /** Has a move of the cursor's row been made? */
  alive: 4,
  /** Successors in the buffer, and how many of them were looked up. */
  buffered: 5,
  flushed: 6,
  /** States, all of which have a row. */
  size: 7,
  /** No more rows than this. */
  sizeLimit: 8,
  /** The next row to check the rules on states in, and the rule. */
  checked: 9,
  rule: 10,
  /** Bits of the rules on transitions, and of those on states, that nothing is known to break. */
  wantedTransitions: 11,
  wantedStates: 12,
  /** Bits of the witnesses reached. */
  witnessed: 13,
  /** A move was not made because this node has no room for one more word. */
  fullNode: 14,
  /** The root word that `find` looks for. */
  targetLow: 15,
  targetHigh: 16,
  /** The visited set: where, log2 of its buckets (1 to 31), and 1 if entries are 64 bits wide. */
  table: 17,
  bucketBits: 18,
  wideEntries: 19,
  /** Successors per block. */
  block: 20,
} as const;

/** What a kernel says when it returns. */
export const STATUS = {
  /** All rows before `rowEnd` are done, or all that was buffered is. */
  done: 0,
  /** The buffer is full: flush it. */
  full: 1,
  /** The table of `process` (or, in a check, of `rule`) has no answer for the row yet. */
  miss: 2,
  /** The move at the cursor breaks a wanted rule; in a check, the row at `checked` does. */
  broken: 3,
  /** Nothing can move in the cursor's row. */
  stuck: 4,
  /** Node `fullNode` is full. */
  nodeFull: 5,
  /** The visited set is too full, or there are more than `sizeLimit` states. */
  tableFull: 6,
  limit: 7,
  /** `find` found the target; the cursor is at the move that leads to it. */
  found: 8,
} as const;

/** Successors per block at most: enough for the cache misses of their look-ups to overlap. */
export const MAX_BLOCK = 4096;
/** Rows per chunk, and chunks at most. */
export const CHUNK_BITS = 14;
const MAX_CHUNKS = 1 << 17;
/** States are numbered below this. */
export const MAX_STATES = 2 ** CHUNK_BITS * MAX_CHUNKS - 1;
export const MAX_NODES = 40;
const REGISTERS = 64;

/** The words of a node in the control block. */
export const NODE = { keys: 0, slots: 4, mask: 8, count: 12, capacity: 16, bytes: 20 } as const;

/** Where everything of fixed size is, in bytes. */
export interface Addresses {
  readonly registers: number;
  /** One {@link NODE} per node of the layout; the other bank is for the next layout, while states move there. */
  readonly nodes: number;
  readonly otherNodes: number;
  /** The leaf words of the row at hand, 8 bytes each. */
  readonly leaves: number;
  /** The root of every process's table, then of every rule's on states. */
  readonly roots: number;
  /** By process: has it ever moved? */
  readonly moved: number;
  /** Root words of successors, 8 bytes each. */
  readonly buffer: number;
  /** The address of every chunk of rows. */
  readonly chunks: number;
}

/** Lays out the control block at the beginning of an arena, whose first page is therefore never a table. */
export function allocateControl(arena: Arena, processes: number, rules: number): Addresses {
  const registers = arena.allocate(REGISTERS * 4 + MAX_NODES * (2 * NODE.bytes + 8));
  if (registers !== 0) throw new Error("the control block is not at the beginning of the arena");
  const nodes = REGISTERS * 4;
  const otherNodes = nodes + MAX_NODES * NODE.bytes;
  const leaves = otherNodes + MAX_NODES * NODE.bytes;
  const roots = arena.allocate((processes + rules) * 4 + processes * 4);
  const moved = roots + (processes + rules) * 4;
  return {
    registers,
    nodes,
    otherNodes,
    leaves,
    roots,
    moved,
    buffer: arena.allocate(MAX_BLOCK * 8),
    chunks: arena.allocate(MAX_CHUNKS * 4),
  };
}
