/**
 * Packings: a layout together with the words that are interned for it, so that root words mean states.
 *
 * The layout may get other widths without another packing (recode.ts says which way costs what); another grouping is
 * another packing, next to this one until all states have moved.
 */
import type { Arena } from "../memory/arena.js";
import { Codec } from "./codec.js";
import { NODE, type Addresses } from "../memory/control-block.js";
import { type Layout, placesOf } from "../memory/state-layout.js";
import { NodeTable } from "./intern-table.js";
import { usedWords } from "./used-words.js";
import { maskOf, type OnWord } from "../memory/words.js";

export class Packing {
  readonly addresses: Addresses;
  readonly #arena: Arena;
  /** Where leaf words of a state at hand go. */
  readonly #leaves: number;
  readonly #nodes: readonly NodeTable[];
  #layout: Layout;
  #codec: Codec;

  constructor(arena: Arena, addresses: Addresses, leaves: number, layout: Layout) {
    this.addresses = addresses;
    this.#arena = arena;
    this.#leaves = leaves;
    this.#layout = layout;
    this.#codec = new Codec(arena, addresses, layout);
    this.#nodes = layout.nodes.map(
      ({ width }, i) => new NodeTable(arena, addresses.nodes + i * NODE.bytes, width),
    );
  }

  /** An empty one for another layout, next to this one if its words are elsewhere. */
  another(layout: Layout, addresses: Addresses = this.addresses): Packing {
    return new Packing(this.#arena, addresses, this.#leaves, layout);
  }

  get layout(): Layout {
    return this.#layout;
  }

  get codec(): Codec {
    return this.#codec;
  }

  /** Of interned words, free space included. */
  get bytes(): number {
    return this.#nodes.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Interned words by node. */
  get words(): readonly number[] {
    return this.#nodes.map(({ count }) => count);
  }

  /** Makes room for one more word in a node; false if its number would not fit the layout. */
  grow(node: number): boolean {
    return this.#nodes[node]?.grow() === true;
  }

  /** Has the layout room for the ids of so many values of each component? */
  hasRoomFor(counts: readonly number[]): boolean {
    return counts.every((count, component) => count <= 2 ** (this.#layout.fields[component]?.width ?? 0));
  }

  /** Makes the codec's root word that of a state; false if the number of a new word would not fit the layout. */
  encode(ids: ArrayLike<number>): boolean {
    while (!this.#codec.encode(ids)) if (!this.grow(this.#codec.fullNode)) return false;
    return true;
  }

  /** Makes a state's leaf words those at hand. */
  decode(low: number, high: number): void {
    this.#codec.decode(low, high, this.#leaves);
  }

  /** The id of a component in the state that was decoded last. */
  id(component: number): number {
    const { word, shift, width } = this.#layout.fields[component] ?? { word: 0, shift: 0, width: 0 };
    return ((this.#arena.words[(this.#leaves >>> 2) + word] as number) >>> shift) & maskOf(width);
  }

  /** The ids of all components in the state that was decoded last. */
  ids(ids: Uint32Array): void {
    this.#codec.idsAt(this.#leaves, ids);
  }

  /** The ids of all components. */
  idsOf(low: number, high: number): number[] {
    const ids = new Uint32Array(this.#layout.fields.length);
    this.decode(low, high);
    this.ids(ids);
    return [...ids];
  }

  /** Takes a layout that differs in widths only. */
  relayout(layout: Layout): void {
    rewriteLeaves(this.#nodes, this.#layout, layout);
    this.#nodes.forEach((node, i) => node.setWidth(layout.nodes[i]?.width ?? 0));
    this.#layout = layout;
    this.#codec = new Codec(this.#arena, this.addresses, layout);
  }

  /** By node, how many words some states use (used-words.ts). */
  used(forEach: (visit: OnWord) => void): readonly number[] {
    return usedWords(this.#layout, this.#nodes, forEach);
  }

  /** The first words of the nodes, as bytes. */
  *images(counts: readonly number[]): Generator<Uint8Array> {
    for (const [i, node] of this.#nodes.entries()) yield node.image(counts[i] ?? 0);
  }

  /** Takes so many words into its empty nodes. */
  load(counts: readonly number[], read: (into: Uint8Array) => void): void {
    this.#nodes.forEach((node, i) => {
      if (!node.load(counts[i] ?? 0, read)) throw new Error(`an image with too many words in node ${i}`);
    });
  }

  /**
   * Are all ids in its states those of values that there are?
   * @param counts values of each component
   * @param forEach calls for the root word of every state
   */
  holdsOnly(counts: readonly number[], forEach: (visit: OnWord) => void): boolean {
    const { words, shifts, masks } = placesOf(this.#layout);
    let isKnown = true;
    const look = (leaf: number, low: number, high: number): void => {
      for (let component = 0; component < words.length; component++) {
        const word = words[component] as number;
        if (word >>> 1 !== leaf) continue;
        const id = ((word & 1) === 0 ? low : high) >>> (shifts[component] as number);
        if ((id & (masks[component] as number)) >>> 0 >= (counts[component] as number)) isKnown = false;
      }
    };
    if (this.#nodes.length === 0) forEach((low, high) => look(0, low, high));
    for (const [leaf, node] of this.#nodes.slice(0, this.#layout.leaves).entries()) {
      for (let number = 0; number < node.count; number++) look(leaf, node.low(number), node.high(number));
    }
    return isKnown;
  }

  free(): void {
    for (const node of this.#nodes) node.free();
  }
}

/** Rewrites the leaves' words for other widths of components. */
export function rewriteLeaves(nodes: readonly NodeTable[], from: Layout, to: Layout): void {
  const [old, now] = [placesOf(from), placesOf(to)];
  const halves = new Int32Array(2);
  for (let leaf = 0; leaf < to.leaves; leaf++) {
    const components = [...to.fields.keys()].filter(
      (one) => to.fields[one]?.word === 2 * leaf || to.fields[one]?.word === 2 * leaf + 1,
    );
    nodes[leaf]?.rewrite((low, high) => {
      halves.fill(0);
      for (const component of components) {
        const word = ((old.words[component] as number) & 1) === 0 ? low : high;
        const id = (word >>> (old.shifts[component] as number)) & (old.masks[component] as number);
        const half = (now.words[component] as number) & 1;
        halves[half] = (halves[half] as number) | (id << (now.shifts[component] as number));
      }
      return halves;
    });
  }
}
