/**
 * The control block: what the search and its kernels tell each other, at fixed places in the arena.
 *
 * Registers are 32-bit words. Some there are once; others once per lane. A lane is a cursor over rows with a buffer for
 * the successors that it makes, so that several threads can make moves at the same time:
 *
 *   lane | registers | leaf words | moved | successors | places | new? | counts | firsts | news | holes |
 */
import type { Arena } from "./arena.js";

/** Registers that there are once, by word. */
export const R = {
  /** States. They are numbered in the order of their rows, which are given up in time. */
  size: 0,
  /** No more rows than this. */
  sizeLimit: 1,
  /** The next row to check the rules on states in, and the rule. */
  checked: 2,
  rule: 3,
  /** The root word that `find` looks for. */
  targetLow: 4,
  targetHigh: 5,
  /** Bits of the rules on transitions, and of those on states, that nothing is known to break. */
  wantedTransitions: 6,
  wantedStates: 7,
  /** Buckets in a segment of the visited set; and in a segment of the larger set, while entries move there. */
  buckets: 8,
  largerBuckets: 9,
  /** 1 if entries of the visited set are 64 bits wide, 0 if they are 32 bits wide. */
  wideEntries: 10,
  /** Threads, at most. */
  threads: 11,
  /** Where the first thread counts what is in each bucket, a byte per bucket. The other threads' bytes follow. */
  counts: 12,
  /** Lanes in the batch. */
  lanes: 13,
  /** Where every thread has room for a list of successors (see LaneLayout). */
  lists: 14,
  /** Successors per lane. */
  block: 15,
  /** The first thread's shortcuts (move-cache.ts), and how many bytes further the next one's are. */
  shortcuts: 16,
  shortcutBytes: 17,
} as const;

/** Registers by which threads work together, by word (crew.ts). */
export const CREW = {
  /** Another number whenever there is something to do; its low {@link CREW_BITS} bits say how many take part. */
  turn: 20,
  task: 21,
  /** The number to take next, and how many there are. */
  next: 22,
  count: 23,
  /** The address of the first lane, or the number of the first segment. */
  first: 24,
  /** Threads that are there, and that are not done yet; the first one is in neither of them. */
  ready: 25,
  busy: 26,
  /** The visited set is too full. */
  full: 27,
  failed: 28,
} as const;
export const CREW_BITS = 8;

/** Registers of a lane, by word. */
export const LANE = {
  /** The cursor: the next move to make is `outcome` of `process` in row `row`. `row <= rowEnd`. */
  row: 0,
  process: 1,
  outcome: 2,
  /** Rows from here on are not for this lane. */
  rowEnd: 3,
  /** Has a move of the cursor's row been made? */
  alive: 4,
  /** Successors in the buffer, and how many of them were looked up. `flushed <= buffered <= R.block`. */
  buffered: 5,
  flushed: 6,
  /** Bits of the witnesses reached. */
  witnessed: 7,
  /** A move was not made because this node has no room for one more word. */
  fullNode: 8,
  /** Successors that are missing in the buffer, because they hold words that were not interned yet. */
  holes: 9,
  /** What `gather` said. */
  status: 10,
  /** Moves made by `find`. */
  moves: 11,
  /** Nothing: where loads go that are made for their own sake. */
  touched: 12,
  /** The row of the first successor that is a new state. */
  firstNew: 13,
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
  /** A move was not made because what its successor is called otherwise is not known (orbits.ts). */
  unmapped: 9,
} as const;

/** Bytes of a row, and chunks of rows at most. */
export const ROW_BYTES = 8;
export const MAX_CHUNKS = 1 << 17;
export const MAX_NODES = 40;
/** log2 of the segments of the visited set (visited-set.ts). */
export const SEGMENT_BITS = 6;
export const SEGMENTS = 1 << SEGMENT_BITS;
/** Holes per lane; a lane with more stops. Four words each: where in the buffer, and the move's row, process, outcome. */
export const MAX_HOLES = 512;
export const HOLE_WORDS = 4;
/** Moves of a process whose successors a lane keeps. */
export const MAX_MADE = 16;
const REGISTERS = 64;

/** The words of a node in the control block. */
export const NODE = { keys: 0, slots: 4, mask: 8, count: 12, capacity: 16, bytes: 20 } as const;

/** Where the parts of a lane are, in bytes from its beginning. */
export interface LaneLayout {
  /** The leaf words of the row at hand, 8 bytes each. */
  readonly leaves: number;
  /** By process: has it moved? */
  readonly moved: number;
  /** Root words of successors, 8 bytes each. */
  readonly buffer: number;
  /** Where in the visited set they belong (visited-format.ts), 4 bytes each. */
  readonly places: number;
  /** Root words that the first moves of a process lead to, 8 bytes each, under the names that the moves make. */
  readonly made: number;
  /**
   * By thread that has looked it up, and then by successor, a byte: is the state new? A thread has bytes of its own,
   * because threads that write to the same cache line wait for each other.
   */
  readonly isNew: number;
  /** Bytes per thread there. */
  readonly flags: number;
  /** By thread: how many new states it has found, 4 bytes each. */
  readonly counts: number;
  /** A bit per successor: is it by the first move of its row? And: is it a new state? What search-tree.ts is made of. */
  readonly firsts: number;
  readonly news: number;
  /** Bytes of such bits. */
  readonly bits: number;
  readonly holes: number;
  /** Bytes of a list of all successors; the numbers are so many bytes behind the addresses (wasm/lookups.ts). */
  readonly list: number;
  readonly numbers: number;
  readonly bytes: number;
}

/** Where everything of fixed size is, in bytes. */
export interface Addresses {
  /** One {@link NODE} per node of the layout; the other bank is for the next layout, while states move there. */
  readonly nodes: number;
  readonly otherNodes: number;
  /** The root of every process's table, then of every rule's on states. */
  readonly roots: number;
  /** The address of every chunk of rows, and log2 of the rows of a chunk. */
  readonly chunks: number;
  readonly chunkBits: number;
  /** The address of every segment of the visited set; the others are for the larger one, while entries move there. */
  readonly segments: number;
  readonly otherSegments: number;
  readonly lane: LaneLayout;
  /** The lane that is always there. */
  readonly mainLane: number;
}

/** States are numbered below this. */
export function maxStatesOf({ chunkBits }: Addresses): number {
  return 2 ** chunkBits * MAX_CHUNKS - 1;
}

/** What a control block depends on. */
export interface ControlSizes {
  readonly processes: number;
  readonly rules: number;
  readonly threads: number;
}

interface LaneSizes {
  readonly block: number;
  readonly chunkBits: number;
}

/** Lays out the control block at the beginning of an arena, whose first page is therefore never a table. */
export function allocateControl(
  arena: Arena,
  sizes: ControlSizes,
  { block, chunkBits }: LaneSizes,
): Addresses {
  return {
    ...allocateVisitedControl(arena, sizes, block),
    chunks: arena.allocate(MAX_CHUNKS * 4),
    chunkBits,
  };
}

/**
 * As much of it as takes looking up in the visited set, at the same addresses in every arena of a search: there are no
 * rows.
 */
export function allocateVisitedControl(
  arena: Arena,
  { processes, rules, threads }: ControlSizes,
  block: number,
): Omit<Addresses, "chunks" | "chunkBits"> {
  const registers = arena.allocate(REGISTERS * 4 + 2 * MAX_NODES * NODE.bytes);
  if (registers !== 0) throw new Error("the control block is not at the beginning of the arena");
  const nodes = REGISTERS * 4;
  const lane = laneLayout(processes, threads, block);
  arena.words[R.threads] = threads;
  const lists = arena.allocate(threads * lane.list);
  arena.words[R.lists] = lists;
  const segments = arena.allocate((2 * SEGMENTS + processes + rules) * 4);
  return {
    nodes,
    otherNodes: nodes + MAX_NODES * NODE.bytes,
    segments,
    otherSegments: segments + SEGMENTS * 4,
    roots: segments + 2 * SEGMENTS * 4,
    lane,
    mainLane: arena.allocate(lane.bytes),
  };
}

/**
 * No lane is larger than it has to be: addresses that are a power of two apart are in each other's way in caches.
 * @param block successors
 */
function laneLayout(processes: number, threads: number, block: number): LaneLayout {
  const flags = Math.ceil(block / 8) * 8;
  // Addresses are read four at a time.
  const numbers = 16 * Math.ceil(block / 4);
  // Whole words.
  const bits = Math.ceil(block / 32) * 4;
  let end = 0;
  const place = (bytes: number) => {
    const at = end;
    end += Math.ceil(bytes / 8) * 8;
    return at;
  };
  place(Object.keys(LANE).length * 4);
  return {
    leaves: place(MAX_NODES * 8),
    moved: place(processes * 4),
    buffer: place(block * 8),
    places: place(block * 4),
    made: place(MAX_MADE * 8),
    isNew: place(threads * flags),
    flags,
    counts: place(threads * 4),
    firsts: place(bits),
    news: place(bits),
    bits,
    holes: place(MAX_HOLES * HOLE_WORDS * 4),
    list: numbers + 8 * Math.ceil(block / 4),
    numbers,
    bytes: end,
  };
}
