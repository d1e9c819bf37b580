/**
 * Kernels: the inner loops of the search over packed states, for one layout.
 *
 * There are two, with the same states, rows and answers: WebAssembly (wasm/kernel.ts) and plain
 * TypeScript (plain/kernel.ts). Neither runs a recipe, allocates or decides anything: whatever is not in the tables yet,
 * or does not fit, is a status to return (control-block.ts). Lanes are given by address.
 */
import type { Arena, Memory } from "../memory/arena.js";
import type { Addresses, LaneLayout } from "../memory/control-block.js";
import type { Annexes } from "../memory/annexes.js";
import type { Layout } from "../memory/state-layout.js";
import type { Orbits } from "../encoding/orbits.js";
import type { ShortcutLayout } from "./move-cache.js";

export interface Kernel {
  /** Makes the moves of rows from the lane's cursor on; their successors go to its buffer. */
  readonly expand: (lane: number) => number;
  /** Looks the buffered successors up in the visited set; the new ones become rows. */
  readonly flush: (lane: number) => number;
  /** Checks the rules on states in the rows from `checked` on. */
  readonly check: (lane: number) => number;
  /** Makes the moves of rows from the lane's cursor on until one leads to the target. */
  readonly find: (lane: number) => number;
  /** Enters the buffered words into the visited set, and makes no rows. */
  readonly enter: (lane: number) => number;
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
   * Looks up, lane by lane, those successors of all lanes that are in the segments of a part; marks and counts the new
   * ones, where the thread does. `lanes` is the first lane. If the set is in annexes, there are as many parts.
   */
  readonly dedupe: (part: number, parts: number, thread: number, lanes: number) => number;
  /** Writes a row for every successor of a lane that is marked as new, from `firstNew` on. */
  readonly number: (lane: number) => number;
  /** Enters what is in a segment of the visited set in the other one, which has more buckets. */
  readonly split: (segment: number, thread: number) => number;
  /** What other threads make the same kernel from: the same object as long as that is the same; absent if they cannot. */
  readonly origin?: object;
}

/** What moves are made for, by the function of a kernel that makes them. */
export type Purpose = "expand" | "gather" | "find";

/** What a kernel is for. */
export interface KernelInput {
  readonly arena: Arena;
  readonly addresses: Addresses;
  readonly layout: Layout;
  readonly processes: number;
  /** Rules on states. */
  readonly rules: number;
  readonly shortcuts?: ShortcutLayout | undefined;
  /** If states that differ by names are one. */
  readonly orbits?: Orbits | undefined;
  /** Where the visited set is, if it is not in the arena. */
  readonly annexes: Annexes;
}

export interface KernelKind {
  readonly name: "js" | "wasm";
  /** A memory of at most so many bytes. Throws a CapacityError if there are no addresses for it. */
  readonly memory: (maxBytes: number) => Memory;
  readonly kernel: (input: KernelInput) => Kernel;
  /** So many threads, or as many as there can be. */
  readonly crew: (threads: number, arena: Arena, lane: LaneLayout, kernel: () => SharedKernel) => Crew;
}

/** What there is to do: with every lane, with so many parts of the visited set, or with some of its segments. */
export const TASKS = ["gather", "dedupe", "number", "split"] as const;

export type Task = (typeof TASKS)[number];

export interface Crew {
  /** How many there may be. */
  readonly threads: number;
  /**
   * Does a task `count` times; false if the visited set was too full for it. `first` is the first lane's address, or the
   * number of the first segment.
   */
  readonly run: (task: Task, count: number, first: number) => boolean;
  /** Waits until everybody is there. */
  readonly assemble: () => void;
  readonly close: () => void;
}
