/**
 * Footprint tables: the answers of functions of the state, remembered under exactly what they read.
 *
 *   root: which component is read first?
 *     id of its value -> which component is read next?
 *       id of its value -> ... -> the answer
 *
 * A function reads its components one after another, and what it reads next depends only on what it has read, so the
 * answers form a tree with one component per inner node. A hit is a load or two per component read; a miss runs the
 * function once and grows the tree by one path. Nobody declares footprints.
 *
 * The trees are flat, for kernels to walk (32-bit words; addresses in bytes, those of answers with bit 0 set; 0 is
 * unknown), and encoded for one layout: another layout needs {@link FootprintTables.encode}.
 *
 *   inner    | leaf word | shift | mask | first id | ids | child | child | ...
 *   answer   | moves | broken | witnessed | cyclic | cost | keep, set of leaf 0 (64 bits each) | ... next move ...
 */
import type { Arena } from "./arena.js";
import type { Layout } from "./layout.js";
import { maskOf } from "./words.js";

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

/** The words of an inner node, in bytes. */
export const INNER = { word: 0, shift: 4, mask: 8, first: 12, ids: 16, children: 20 } as const;
/** The words of a move, in bytes; after them, per leaf, the bits to keep and the bits to set. */
export const MOVE = { broken: 0, witnessed: 4, cyclic: 8, cost: 12, leaves: 16, leafBytes: 16 } as const;
/** Where an answer's moves begin. */
export const MOVES = 4;

export function moveBytes(leaves: number): number {
  return MOVE.leaves + leaves * MOVE.leafBytes;
}

/** An answer and what it is remembered under. */
export interface Entry {
  readonly table: number;
  /** Component, id, component, id ... in the order of reading. */
  readonly footprint: readonly number[];
  readonly answer: Answer;
}

const INITIAL_BYTES = 1 << 16;

export class FootprintTables {
  readonly #arena: Arena;
  /** Of the first root. */
  readonly #roots: number;
  readonly #tables: number;
  readonly #entries: Entry[] = [];
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

  /** All answers, in the order in which they came. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Remembers an answer. It can be walked to as soon as the layout has room for its ids. */
  add(table: number, footprint: readonly number[], answer: Answer): void {
    const entry = { table, footprint, answer };
    this.#entries.push(entry);
    if (!this.#insert(entry)) this.encode(this.#layout, this.#bytes * 2);
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
    return this.#entries.every((entry) => this.#insert(entry));
  }

  /** False if there is no room for it. */
  #insert({ table, footprint, answer }: Entry): boolean {
    let link = this.#roots + 4 * table;
    for (let i = 0; i < footprint.length; i += 2) {
      const next = this.#child(link, footprint[i] as number, footprint[i + 1] as number);
      if (next === undefined) return false;
      link = next;
    }
    if (this.#arena.words[link >>> 2] !== 0) throw orderError();
    const leaf = this.#answer(answer);
    if (leaf === undefined) return false;
    this.#arena.words[link >>> 2] = leaf | 1;
    return true;
  }

  /** The address of the link from the inner node at `link` to the child for an id; makes both as needed. */
  #child(link: number, component: number, id: number): number | undefined {
    const { word, shift, width } = this.#layout.fields[component] ?? { word: 0, shift: 0, width: 0 };
    const { words } = this.#arena;
    const old = words[link >>> 2] as number;
    if ((old & 1) === 1) throw orderError();
    const from = old >>> 2;
    if (old !== 0 && (words[from] !== word || words[from + 1] !== shift)) throw orderError();
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
    words.set([word, shift, maskOf(width), newFirst, newIds], to);
    words.copyWithin(to + 5 + first - newFirst, from + 5, from + 5 + ids);
    words[link >>> 2] = node;
    return node + INNER.children + 4 * (id - newFirst);
  }

  #answer(answer: Answer): number | undefined {
    const { leaves, fields } = this.#layout;
    const leaf = this.#allocate(MOVES + answer.length * moveBytes(leaves));
    if (leaf === undefined) return undefined;
    const { words } = this.#arena;
    words[leaf >>> 2] = answer.length;
    answer.forEach(({ broken, witnessed, cyclic, cost, writes }, i) => {
      const at = (leaf + MOVES + i * moveBytes(leaves)) >>> 2;
      words.set([broken, witnessed, cyclic, cost], at);
      for (let one = 0; one < leaves; one++) words.set([-1, -1, 0, 0], at + 4 + 4 * one);
      for (let w = 0; w < writes.length; w += 2) {
        const { word, shift, width } = fields[writes[w] as number] ?? { word: 0, shift: 0, width: 0 };
        const keep = at + 4 + 4 * (word >>> 1) + (word & 1);
        const mask = maskOf(width) << shift;
        words[keep] = (words[keep] as number) & ~mask;
        words[keep + 2] = ((words[keep + 2] as number) & ~mask) | ((writes[w + 1] as number) << shift);
      }
    });
    return leaf;
  }

  #allocate(bytes: number): number | undefined {
    if (this.#used + bytes > this.#bytes) return undefined;
    const address = this.#base + this.#used;
    this.#used += bytes;
    return address;
  }
}

function orderError(): Error {
  return new Error("a process read its components in another order");
}
