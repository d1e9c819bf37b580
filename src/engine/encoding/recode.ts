/**
 * From one layout to another: the three ways, from cheap to dear.
 *
 * More bits for components change only the interned words, more bits for the numbers of words only the root words; another
 * grouping changes everything.
 */
import { ROOT, type Layout, type Node } from "../memory/state-layout.js";
import type { Packing } from "./packing.js";
import { fieldOf, type Translator, withField } from "../memory/words.js";

/** Other widths of numbers, the same numbers: every node has to have at most as many words as its new field tells apart. */
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
