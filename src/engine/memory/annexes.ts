/**
 * Annexes: further memories, for a visited set that outgrows the first one.
 *
 * An address has 32 bits, and so has whatever a kernel loads from. So a set of more than 1 GiB, where more than 4 GiB are
 * granted, is in several memories, each of which has a power of two's share of the segments, in their order:
 *
 *   first memory   | control block | rows | tree | interned words | tables | lanes |
 *   annex 0        | control block | lane | segments  0 to 15 |
 *   annex 1        | control block | lane | segments 16 to 31 |
 *   annex 2        | control block | lane | segments 32 to 47 |
 *   annex 3        | control block | lane | segments 48 to 63 |
 *
 * In all of them the control block is at the same addresses. So the kernel's functions that look words up are right for
 * each: they are instantiated once more, with another memory (kernel/annexed.ts).
 */
import { Arena, type Memory } from "./arena.js";
import type { Budget } from "./budget.js";
import { allocateVisitedControl, SEGMENTS, type ControlSizes } from "./control-block.js";

/** What functions of a kernel see of a memory. An {@link Arena} is one. */
export interface Views {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
}

export interface Annex {
  readonly arena: Arena;
  /** The address of its lane. Its buffer holds what is to be looked up here. */
  readonly lane: number;
}

/** What annexes are made of. */
export interface AnnexesParts {
  /** A memory of at most so many bytes. Throws a CapacityError if there is none. */
  readonly memory: (maxBytes: number) => Memory;
  readonly maxBytes: number;
  readonly budget: Budget;
  readonly sizes: ControlSizes;
  /** Successors per lane. */
  readonly block: number;
}

export class Annexes {
  readonly #parts: AnnexesParts;
  readonly #spare: Annex[] = [];
  #inUse: readonly Annex[] = [];

  constructor(parts: AnnexesParts) {
    this.#parts = parts;
  }

  /** Those of the set that kernels see, in the order of segments; none if it is in the first memory. */
  get inUse(): readonly Annex[] {
    return this.#inUse;
  }

  /** Makes these the ones that kernels see. */
  use(annexes: readonly Annex[]): void {
    this.#inUse = annexes;
  }

  /** One that no set is in. Throws a CapacityError if there cannot be another one. */
  take(): Annex {
    return this.#spare.pop() ?? this.#make();
  }

  /** No set is in them any more. What they have grown to stays theirs: memory cannot be given back. */
  giveBack(annexes: readonly Annex[]): void {
    this.#spare.push(...annexes);
  }

  #make(): Annex {
    const { memory, maxBytes, budget, sizes, block } = this.#parts;
    const arena = new Arena(memory(maxBytes), maxBytes, budget);
    return { arena, lane: allocateVisitedControl(arena, sizes, block).mainLane };
  }
}

/** Which of so many annexes a segment is in. */
export function annexOf(segment: number, annexes: number): number {
  return Math.floor((segment * annexes) / SEGMENTS);
}
