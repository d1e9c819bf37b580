/**
 * Answers: what a process can do in a state, as numbers.
 */

/** One outcome as the search uses it. */
export interface Move {
  /** Bits of the rules on transitions that it breaks. */
  readonly broken: number;
  /** Bits of the witnesses that it reaches. */
  readonly witnessed: number;
  /** For cycle goal i: bit 2i, not allowed in the cycle; bit 2i + 1, one that it has to take. */
  readonly cyclic: number;
  /** What it adds to the cost of a path. */
  readonly cost: number;
  /** Component, id, component, id ... */
  readonly writes: readonly number[];
}

/** What a process can do, or, as no or one move without effect, whether a rule on states is broken. */
export type Answer = readonly Move[];
