/**
 * From one layout to another: the three ways, from cheap to dear.
 *
 * More bits for components change only the interned words, more bits for the numbers of words only the root words; another
 * grouping changes everything.
 */
import { placesOf, ROOT, type Layout, type Node } from "./layout.js";
import type { NodeTable } from "./node-table.js";
import type { Packing } from "./packing.js";
import { fieldOf, withField } from "./words.js";

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
  readonly #ids: Uint32Array;

  constructor(from: Packing, to: Packing) {
    this.#from = from;
    this.#to = to;
    this.#ids = new Uint32Array(from.layout.fields.length);
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
    this.#from.ids(this.#ids);
    return this.#to.encode(this.#ids);
  }
}
