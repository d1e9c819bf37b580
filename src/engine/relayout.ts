/**
 * From one layout to another: the three ways, from cheap to dear.
 *
 * More bits for components change only the interned words, more bits for the numbers of words only the root words; another
 * grouping changes everything.
 */
import { ROOT, type Field, type Layout, type Node } from "./layout.js";
import type { NodeTable } from "./node-table.js";
import type { Packing } from "./packing.js";
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
  readonly #from: Packing;
  readonly #to: Packing;
  readonly #ids: Int32Array;

  constructor(from: Packing, to: Packing) {
    this.#from = from;
    this.#to = to;
    this.#ids = new Int32Array(from.layout.fields.length);
  }

  get low(): number {
    return this.#to.codec.low;
  }

  get high(): number {
    return this.#to.codec.high;
  }

  /** False if a node of the new layout has no number left; the codec says which. */
  translate(low: number, high: number): boolean {
    this.#from.decode(low, high);
    for (let component = 0; component < this.#ids.length; component++) {
      this.#ids[component] = this.#from.id(component);
    }
    return this.#to.encode(this.#ids);
  }
}
