/**
 * From one layout to another: the three ways, from cheap to dear.
 *
 * More bits for components change only the interned words, more bits for the numbers of words only the root words; another
 * grouping changes everything.
 */
import type { Arena } from "./arena.js";
import type { Codec } from "./codec.js";
import { ROOT, type Field, type Layout, type Node } from "./layout.js";
import type { NodeTable } from "./node-table.js";
import { fieldOf, maskOf, withField } from "./words.js";

/** Rewrites the leaves' words for other widths of components. */
export function rewriteLeaves(nodes: readonly NodeTable[], from: Layout, to: Layout): void {
  for (let leaf = 0; leaf < to.leaves; leaf++) {
    const components = [...to.fields.keys()].filter(
      (one) => to.fields[one]?.word === 2 * leaf || to.fields[one]?.word === 2 * leaf + 1,
    );
    nodes[leaf]?.rewrite((low, high) => {
      const halves: [number, number] = [0, 0];
      for (const component of components) {
        const [old, now] = [from.fields[component] as Field, to.fields[component] as Field];
        const id = ((old.word & 1 ? high : low) >>> old.shift) & maskOf(old.width);
        halves[now.word & 1] = (halves[now.word & 1] as number) | (id << now.shift);
      }
      return halves;
    });
  }
}

/** Makes of a state's root word what it is in another layout. */
export interface Translator {
  /** The last one that was made. */
  readonly low: number;
  readonly high: number;
  /** False if it cannot be made. */
  readonly translate: (low: number, high: number) => boolean;
}

/** Other widths of numbers, the same numbers. */
export class Repacker implements Translator {
  low = 0;
  high = 0;
  readonly #moves: readonly { readonly from: Node; readonly to: Node }[];

  constructor(from: Layout, to: Layout) {
    this.#moves = from.nodes.flatMap((node, i) =>
      node.parent === ROOT ? [{ from: node, to: to.nodes[i] as Node }] : [],
    );
  }

  translate(low: number, high: number): boolean {
    this.low = this.high = 0;
    for (const { from, to } of this.#moves) {
      const number = fieldOf(low, high, from);
      this.low = withField(this.low, number, to.shift, to.width);
      this.high = withField(this.high, number, to.shift - 32, to.width);
    }
    return true;
  }
}

/** Any other layout: takes the state apart and makes it again. */
export class Recoder implements Translator {
  readonly #arena: Arena;
  readonly #fields: readonly Field[];
  readonly #from: Codec;
  readonly #to: Codec;
  /** Where the state's leaf words go. */
  readonly #leaves: number;
  readonly #makeRoom: (node: number) => boolean;
  readonly #ids: Int32Array;
  /** The node that no room could be made in, if one could not. */
  fullNode = -1;

  /** @param makeRoom makes room for a word in a node of the new layout; false if it cannot */
  constructor(
    arena: Arena,
    { fields }: Layout,
    [from, to]: readonly [Codec, Codec],
    leaves: number,
    makeRoom: (node: number) => boolean,
  ) {
    this.#arena = arena;
    this.#fields = fields;
    this.#from = from;
    this.#to = to;
    this.#leaves = leaves;
    this.#makeRoom = makeRoom;
    this.#ids = new Int32Array(fields.length);
  }

  get low(): number {
    return this.#to.low;
  }

  get high(): number {
    return this.#to.high;
  }

  translate(low: number, high: number): boolean {
    this.#from.decode(low, high, this.#leaves);
    const { words } = this.#arena;
    for (let component = 0; component < this.#fields.length; component++) {
      const { word, shift, width } = this.#fields[component] as Field;
      this.#ids[component] = ((words[(this.#leaves >>> 2) + word] as number) >>> shift) & maskOf(width);
    }
    while (!this.#to.encode(this.#ids)) {
      if (this.#makeRoom(this.#to.fullNode)) continue;
      this.fullNode = this.#to.fullNode;
      return false;
    }
    return true;
  }
}
