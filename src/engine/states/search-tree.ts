/**
 * The tree of a breadth-first search, in two bits per transition: how every state was first reached.
 *
 * Rows are found and expanded in the same order. So the n-th transition that led to a new state is the one that found row
 * n, and the n-th that is the first one of its row belongs to row n - 1; there is no row without one.
 *
 *   transition     0    1    2    3    4    5    6
 *   from row       0    0    1    1    1    2    3
 *   first of it?   1    0    1    0    0    1    1
 *   to row         1    2    0    3    2    3    4
 *   to a new one?  1    1    0    1    0    0    1
 *
 * Row 3 was found by transition 3, which is number 1 of row 1, which was found by transition 0, which is number 0 of
 * row 0: the path is moves 0 and 1. No state has to be looked at.
 */
import type { Arena } from "../memory/arena.js";
import { Bits } from "../memory/bit-vector.js";
import type { Lane } from "../memory/lane.js";

export class Tree {
  readonly #firsts: Bits;
  readonly #news: Bits;

  constructor(arena: Arena) {
    this.#firsts = new Bits(arena);
    this.#news = new Bits(arena);
  }

  get bytes(): number {
    return this.#firsts.bytes + this.#news.bytes;
  }

  /** How many transitions it has. */
  get transitions(): number {
    return this.#firsts.length;
  }

  /** Makes room for so many more transitions. */
  reserve(count: number): void {
    this.#firsts.reserve(count);
    this.#news.reserve(count);
  }

  /** Appends the first transitions of a lane, for which there is room. */
  append(lane: Lane, count: number): void {
    this.#firsts.append(lane.firsts, count);
    this.#news.append(lane.news, count);
  }

  /** The path by which a row was found: of every step, which move of its row it is. */
  pathTo(row: number): number[] {
    const moves: number[] = [];
    for (let at = row; at > 0;) {
      const transition = this.#news.select(at);
      const parents = this.#firsts.rank(transition);
      moves.push(transition - this.#firsts.select(parents));
      at = parents - 1;
    }
    return moves.reverse();
  }

  /** The transitions of a row that has been expanded: the first one, and the one behind the last. */
  transitionsOf(row: number): readonly [first: number, end: number] {
    if (row >= this.#firsts.set) return [0, 0];
    const first = this.#firsts.select(row + 1);
    let end = first + 1;
    while (end < this.#firsts.length && !this.#firsts.has(end)) end++;
    return [first, end];
  }

  /** Is a transition the first one of its row? */
  isFirst(transition: number): boolean {
    return this.#firsts.has(transition);
  }

  /** Has a transition found a row? */
  isNew(transition: number): boolean {
    return this.#news.has(transition);
  }

  /** The row that a transition has found; undefined if it leads to one that was there. */
  foundBy(transition: number): number | undefined {
    return this.#news.has(transition) ? this.#news.rank(transition) : undefined;
  }

  /** How many rows it says were expanded, and how many were found. */
  countBits(): { readonly firsts: number; readonly news: number } {
    return { firsts: this.#firsts.recount(), news: this.#news.recount() };
  }

  /** Are its transitions those of so many rows, and do they lead to so many states? All but the first one are led to. */
  leadsTo(rows: number, states: number): boolean {
    return this.#firsts.set === rows && this.#news.set === states - 1;
  }

  /** The first transition of a row that was expanded. */
  firstOf(row: number): number {
    return this.#firsts.select(row + 1);
  }

  /** The first transitions, as bytes. */
  *pieces(count: number): Generator<Uint8Array> {
    yield* this.#firsts.pieces(count);
    yield* this.#news.pieces(count);
  }

  /** Takes so many transitions into the empty tree. */
  load(count: number, read: (into: Uint8Array) => void): void {
    this.#firsts.load(count, read);
    this.#news.load(count, read);
  }
}
