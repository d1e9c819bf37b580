/**
 * Packings: a layout together with the words that are interned for it, so that root words mean states.
 *
 * The layout may get other widths without another packing (relayout.ts says which way costs what); another grouping is
 * another packing, next to this one until all states have moved.
 */
import type { Arena } from "./arena.js";
import { Codec } from "./codec.js";
import { NODE, type Addresses } from "./control.js";
import type { Layout } from "./layout.js";
import { NodeTable } from "./node-table.js";
import { rewriteLeaves } from "./relayout.js";
import type { Rows } from "./rows.js";
import type { OnWord } from "./states.js";
import { usedWords } from "./used-words.js";
import { maskOf } from "./words.js";

/** States that a grouping is measured on. */
const SAMPLES = 1 << 11;

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

  /**
   * Ids of states in rows before `end`, evenly spaced: `samples[c][i]` is component c of the i-th. Of one state with ids 0
   * if there is none.
   */
  samples(rows: Rows, end: number): Uint32Array[] {
    const { first } = rows;
    const count = Math.min(end - first, SAMPLES);
    const samples = this.#layout.fields.map(() => new Uint32Array(Math.max(1, count)));
    const ids = new Uint32Array(samples.length);
    for (let i = 0; i < count; i++) {
      rows.read(first + Math.floor((i * (end - first)) / count));
      this.decode(rows.low, rows.high);
      this.ids(ids);
      for (const [component, column] of samples.entries()) column[i] = ids[component] as number;
    }
    return samples;
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

  free(): void {
    for (const node of this.#nodes) node.free();
  }
}
