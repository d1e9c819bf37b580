/**
 * Footprint tables: the answers of functions of the state, remembered under exactly what they read.
 *
 *   root: which component is read first?
 *     id of its value -> which component is read next?
 *       id of its value -> ... -> the answer
 *
 * A function reads its components one after another, and what it reads next depends only on what it has read, so the
 * answers form a tree with one component per inner node. A hit is a load or two per component read; a miss runs the
 * function once and grows the tree by one path. Footprints are measured, never declared.
 *
 * The trees are flat, for kernels to walk (32-bit words; addresses in bytes, those of answers with bit 0 set; 0 is
 * unknown), and encoded for one layout: another layout needs {@link FootprintTables.encode}.
 *
 *   inner    | leaf word | shift | mask | first id | ids | child | child | ...
 *   answer   | moves | broken | witnessed | cyclic | cost | keep, set of leaf 0 (64 bits each) | ... next move ...
 */
import { AnswerLog, LOGGED, LOGGED_MOVE } from "./answer-log.js";
import type { Arena } from "../memory/arena.js";
import type { Layout } from "../memory/state-layout.js";
import { maskOf } from "../memory/words.js";
import type { Answer } from "./answer.js";

/** The words of an inner node, in bytes. */
export const INNER = { word: 0, shift: 4, mask: 8, first: 12, ids: 16, children: 20 } as const;
/** The words of a move, in bytes; after them, per leaf, the bits to keep and the bits to set. */
export const MOVE = { broken: 0, witnessed: 4, cyclic: 8, cost: 12, leaves: 16, leafBytes: 16 } as const;
/** Where an answer's moves begin. */
export const MOVES = 4;

export function moveBytes(leaves: number): number {
  return MOVE.leaves + leaves * MOVE.leafBytes;
}

const INITIAL_BYTES = 1 << 16;

export class FootprintTables {
  readonly #arena: Arena;
  /** Of the first root. */
  readonly #roots: number;
  readonly #tables: number;
  /** All answers, in the order in which they came. */
  readonly log = new AnswerLog();
  #layout: Layout;
  #base: number;
  #bytes = INITIAL_BYTES;
  #used = 0;

  constructor(arena: Arena, roots: number, tables: number, layout: Layout) {
    this.#arena = arena;
    this.#roots = roots;
    this.#tables = tables;
    this.#layout = layout;
    this.#base = arena.allocate(this.#bytes);
  }

  /**
   * Remembers an answer. It can be walked to as soon as the layout has room for its ids.
   * @param footprint component, id, component, id ... in the order of reading
   */
  add(table: number, footprint: readonly number[], answer: Answer): void {
    const at = this.log.length;
    this.log.push(table, footprint, answer);
    if (!this.#insert(at)) this.encode(this.#layout, this.#bytes * 2);
  }

  /** Encodes all answers for a layout. */
  encode(layout: Layout, bytes = this.#bytes): void {
    this.#layout = layout;
    for (let size = bytes; !this.#encodeWithin(size);) size *= 2;
  }

  /** The address of the answer of a table for the leaf words at hand, 0 if it is not known. */
  find(table: number, leafWords: number): number {
    const { words } = this.#arena;
    let at = words[(this.#roots >>> 2) + table] as number;
    while (at !== 0 && (at & 1) === 0) {
      const node = at >>> 2;
      const word = words[(leafWords >>> 2) + (words[node] as number)] as number;
      const id = (word >>> (words[node + 1] as number)) & (words[node + 2] as number);
      const child = (id - (words[node + 3] as number)) >>> 0;
      at = child < (words[node + 4] as number) ? (words[node + 5 + child] as number) : 0;
    }
    return (at & ~1) >>> 0;
  }

  #encodeWithin(bytes: number): boolean {
    this.#arena.free(this.#base, this.#bytes);
    this.#bytes = bytes;
    this.#base = this.#arena.allocate(bytes);
    this.#used = 0;
    const roots = this.#roots >>> 2;
    this.#arena.words.fill(0, roots, roots + this.#tables);
    const { words, length } = this.log;
    for (let at = 0; at < length; at += words[at + LOGGED.words] as number) {
      if (!this.#insert(at)) return false;
    }
    return true;
  }

  /** Inserts an answer of the log. False if there is no room for it. */
  #insert(at: number): boolean {
    const { words } = this.log;
    let link = this.#roots + 4 * (words[at + LOGGED.table] as number);
    const moves = at + LOGGED.footprint + 2 * (words[at + LOGGED.reads] as number);
    for (let read = at + LOGGED.footprint; read < moves; read += 2) {
      const next = this.#child(link, words[read] as number, words[read + 1] as number);
      if (next === undefined) return false;
      link = next;
    }
    if (this.#arena.words[link >>> 2] !== 0) throw new OrderError();
    const leaf = this.#answer(moves);
    if (leaf === undefined) return false;
    this.#arena.words[link >>> 2] = leaf | 1;
    return true;
  }

  /** The address of the link from the inner node at `link` to the child for an id; makes both as needed. */
  #child(link: number, component: number, id: number): number | undefined {
    const { word, shift, width } = this.#layout.fields[component] ?? { word: 0, shift: 0, width: 0 };
    const { words } = this.#arena;
    const old = words[link >>> 2] as number;
    if ((old & 1) === 1) throw new OrderError();
    const from = old >>> 2;
    if (old !== 0 && (words[from] !== word || words[from + 1] !== shift)) throw new OrderError();
    const first = old === 0 ? id : (words[from + 3] as number);
    const ids = old === 0 ? 0 : (words[from + 4] as number);
    if (id >= first && id < first + ids) return (old >>> 0) + INNER.children + 4 * (id - first);
    // Twice as many, in the direction in which it grows, so that a node that grows id by id is seldom copied.
    const spare = ids > 1 ? ids : 0;
    const newFirst = id < first ? Math.max(0, Math.min(id, first - spare)) : first;
    const newIds = (id < first ? first + ids : Math.max(id + 1, first + ids + spare)) - newFirst;
    const node = this.#allocate(INNER.children + 4 * newIds);
    if (node === undefined) return undefined;
    const to = node >>> 2;
    words[to] = word;
    words[to + 1] = shift;
    words[to + 2] = maskOf(width);
    words[to + 3] = newFirst;
    words[to + 4] = newIds;
    words.copyWithin(to + 5 + first - newFirst, from + 5, from + 5 + ids);
    words[link >>> 2] = node;
    return node + INNER.children + 4 * (id - newFirst);
  }

  /** Writes the answer whose moves begin there in the log; undefined if there is no room for it. */
  #answer(at: number): number | undefined {
    const { leaves } = this.#layout;
    const count = this.log.words[at] as number;
    const leaf = this.#allocate(MOVES + count * moveBytes(leaves));
    if (leaf === undefined) return undefined;
    this.#arena.words[leaf >>> 2] = count;
    let from = at + 1;
    for (let i = 0; i < count; i++) from = this.#move(from, (leaf + MOVES + i * moveBytes(leaves)) >>> 2);
    return leaf;
  }

  /**
   * Writes a move, and returns where the next one begins in the log. An id that does not fit its field yet makes no state:
   * the layout gets room for it, and all answers are encoded again, before the move is made.
   */
  #move(from: number, to: number): number {
    const { words } = this.#arena;
    const { words: logged } = this.log;
    const { leaves, fields } = this.#layout;
    words[to] = logged[from + LOGGED_MOVE.broken] as number;
    words[to + 1] = logged[from + LOGGED_MOVE.witnessed] as number;
    words[to + 2] = logged[from + LOGGED_MOVE.cyclic] as number;
    words[to + 3] = logged[from + LOGGED_MOVE.cost] as number;
    for (let keep = to + 4; keep < to + 4 + 4 * leaves; keep += 4) {
      words[keep] = words[keep + 1] = -1;
      words[keep + 2] = words[keep + 3] = 0;
    }
    const first = from + LOGGED_MOVE.written;
    const end = first + 2 * (logged[from + LOGGED_MOVE.writes] as number);
    for (let write = first; write < end; write += 2) {
      const { word, shift, width } = fields[logged[write] as number] ?? { word: 0, shift: 0, width: 0 };
      const keep = to + 4 + 4 * (word >>> 1) + (word & 1);
      const mask = maskOf(width) << shift;
      words[keep] = (words[keep] as number) & ~mask;
      words[keep + 2] = ((words[keep + 2] as number) & ~mask) | ((logged[write + 1] as number) << shift);
    }
    return end;
  }

  #allocate(bytes: number): number | undefined {
    if (this.#used + bytes > this.#bytes) return undefined;
    const address = this.#base + this.#used;
    this.#used += bytes;
    return address;
  }
}

/** What a table asks is not a function of what it reads: it read another component after the same ones. */
export class OrderError extends Error {
  constructor() {
    super("a process read its components in another order");
  }
}
