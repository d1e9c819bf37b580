/**
 * Packing and unpacking: between a root word and the leaf words it stands for, in one layout.
 *
 * The fallback's half of what the WebAssembly kernel does in 64-bit operations; words are pairs of 32-bit halves here.
 */
import type { Arena } from "./arena.js";
import { NODE, type Addresses } from "./control.js";
import { MOVE } from "./footprint-tables.js";
import { hashOf } from "./hash.js";
import { ROOT, type Field, type Layout, type Node } from "./layout.js";
import { fieldOf, withField } from "./words.js";

export class Codec {
  /** The root word of the last {@link successor} or {@link encode}. */
  low = 0;
  high = 0;
  /** The node that had no room, when one of them failed. */
  fullNode = -1;
  readonly #arena: Arena;
  readonly #at: Addresses;
  readonly #layout: Layout;
  /** The state that was decoded: its root word, and the words of the nodes. */
  #rootLow = 0;
  #rootHigh = 0;
  readonly #lows: Int32Array;
  readonly #highs: Int32Array;
  /** The words of its successor, or of the state to encode. */
  readonly #nextLows: Int32Array;
  readonly #nextHighs: Int32Array;

  constructor(arena: Arena, addresses: Addresses, layout: Layout) {
    this.#arena = arena;
    this.#at = addresses;
    this.#layout = layout;
    const words = Math.max(1, layout.nodes.length);
    this.#lows = new Int32Array(words);
    this.#highs = new Int32Array(words);
    this.#nextLows = new Int32Array(words);
    this.#nextHighs = new Int32Array(words);
  }

  /** Takes a state apart, and writes its leaf words to an address. */
  decode(low: number, high: number, leafWords: number): void {
    const { words } = this.#arena;
    const { nodes, leaves } = this.#layout;
    this.#rootLow = this.#lows[0] = low;
    this.#rootHigh = this.#highs[0] = high;
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i] as Node;
      const number =
        node.parent === ROOT
          ? fieldOf(low, high, node)
          : fieldOf(this.#lows[node.parent] as number, this.#highs[node.parent] as number, node);
      const key = ((words[this.#word(i, NODE.keys)] as number) >>> 2) + 2 * number;
      this.#lows[i] = words[key] as number;
      this.#highs[i] = words[key + 1] as number;
    }
    const leaf = leafWords >>> 2;
    for (let i = 0; i < leaves; i++) {
      words[leaf + 2 * i] = this.#lows[i] as number;
      words[leaf + 2 * i + 1] = this.#highs[i] as number;
    }
  }

  /**
   * The root word that the move at an address leads to from the state that was decoded.
   * @param interns are new words interned? False is returned if a node is full; if not, if there is a new word.
   */
  successor(move: number, interns = true): boolean {
    const { words } = this.#arena;
    const { leaves } = this.#layout;
    let at = (move + MOVE.leaves) >>> 2;
    for (let i = 0; i < leaves; i++, at += MOVE.leafBytes / 4) {
      this.#nextLows[i] = ((this.#lows[i] as number) & (words[at] as number)) | (words[at + 2] as number);
      this.#nextHighs[i] =
        ((this.#highs[i] as number) & (words[at + 1] as number)) | (words[at + 3] as number);
    }
    for (let i = leaves; i < this.#lows.length; i++) {
      this.#nextLows[i] = this.#lows[i] as number;
      this.#nextHighs[i] = this.#highs[i] as number;
    }
    this.low = this.#rootLow;
    this.high = this.#rootHigh;
    return this.#fold(false, interns);
  }

  /** The root word of the state with these component ids; false if a node is full. */
  encode(ids: ArrayLike<number>): boolean {
    this.#nextLows.fill(0);
    this.#nextHighs.fill(0);
    const { fields } = this.#layout;
    for (let component = 0; component < fields.length; component++) {
      const { word, shift } = fields[component] as Field;
      const half = (word & 1) === 0 ? this.#nextLows : this.#nextHighs;
      half[word >>> 1] = (half[word >>> 1] as number) | ((ids[component] as number) << shift);
    }
    this.low = this.high = 0;
    return this.#fold(true, true);
  }

  /** Interns the words that differ from the decoded state's (or all), leaves first, up to the root word. */
  #fold(all: boolean, interns: boolean): boolean {
    const { nodes } = this.#layout;
    if (nodes.length === 0) {
      this.low = this.#nextLows[0] as number;
      this.high = this.#nextHighs[0] as number;
    }
    for (let i = 0; i < nodes.length; i++) {
      const low = this.#nextLows[i] as number;
      const high = this.#nextHighs[i] as number;
      if (!all && low === this.#lows[i] && high === this.#highs[i]) continue;
      const number = this.#intern(i, low, high, interns);
      if (number < 0) {
        this.fullNode = i;
        return false;
      }
      const node = nodes[i] as Node;
      if (node.parent === ROOT) {
        this.low = withField(this.low, number, node.shift, node.width);
        this.high = withField(this.high, number, node.shift - 32, node.width);
      } else {
        const { parent } = node;
        this.#nextLows[parent] = withField(this.#nextLows[parent] as number, number, node.shift, node.width);
        this.#nextHighs[parent] = withField(
          this.#nextHighs[parent] as number,
          number,
          node.shift - 32,
          node.width,
        );
      }
    }
    return true;
  }

  /** The number of a node's word; -1 if it is new and not to be interned, or there is no room for it. */
  #intern(node: number, low: number, high: number, interns: boolean): number {
    const { words } = this.#arena;
    const keys = (words[this.#word(node, NODE.keys)] as number) >>> 2;
    const slots = (words[this.#word(node, NODE.slots)] as number) >>> 2;
    const mask = words[this.#word(node, NODE.mask)] as number;
    let slot = hashOf(low, high) & mask;
    for (;;) {
      const number = (words[slots + slot] as number) - 1;
      if (number < 0) break;
      if (words[keys + 2 * number] === low && words[keys + 2 * number + 1] === high) return number;
      slot = (slot + 1) & mask;
    }
    const count = words[this.#word(node, NODE.count)] as number;
    if (!interns || count === words[this.#word(node, NODE.capacity)]) return -1;
    words[keys + 2 * count] = low;
    words[keys + 2 * count + 1] = high;
    words[slots + slot] = count + 1;
    words[this.#word(node, NODE.count)] = count + 1;
    return count;
  }

  #word(node: number, which: number): number {
    return (this.#at.nodes + node * NODE.bytes + which) >>> 2;
  }
}
