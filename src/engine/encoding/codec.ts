/**
 * Packing and unpacking: between a root word and the leaf words it stands for, in one layout.
 *
 * The fallback's half of what the WebAssembly kernel does in 64-bit operations; words are pairs of 32-bit halves here.
 */
import type { Arena } from "../memory/arena.js";
import { NODE, type Addresses } from "../memory/control-block.js";
import { MOVE } from "../oracle/answer-tables.js";
import { hashOf } from "../memory/hash.js";
import { placesOf, ROOT, type ComponentPlaces, type Layout, type Node } from "../memory/state-layout.js";
import { fieldOf, withField } from "../memory/words.js";

export class Codec {
  /** The root word of the last {@link successor} or {@link encode}. */
  low = 0;
  high = 0;
  /** The node that had no room, when one of them failed. */
  fullNode = -1;
  readonly #arena: Arena;
  readonly #at: Addresses;
  readonly #layout: Layout;
  readonly #places: ComponentPlaces;
  /** The state that was decoded: its root word, and the words of the nodes, two halves each. */
  #rootLow = 0;
  #rootHigh = 0;
  readonly #words: Int32Array;
  /** The words of its successor, or of the state to encode. */
  readonly #nextWords: Int32Array;

  constructor(arena: Arena, addresses: Addresses, layout: Layout) {
    this.#arena = arena;
    this.#at = addresses;
    this.#layout = layout;
    this.#places = placesOf(layout);
    const halves = 2 * Math.max(1, layout.nodes.length);
    this.#words = new Int32Array(halves);
    this.#nextWords = new Int32Array(halves);
  }

  /** Takes a state apart, and writes its leaf words to an address. */
  decode(low: number, high: number, leafWords: number): void {
    const memory = this.#arena.words;
    const words = this.#words;
    const { nodes, leaves } = this.#layout;
    this.#rootLow = words[0] = low;
    this.#rootHigh = words[1] = high;
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i] as Node;
      const above = 2 * node.parent;
      const number =
        node.parent === ROOT
          ? fieldOf(low, high, node)
          : fieldOf(words[above] as number, words[above + 1] as number, node);
      const key = ((memory[this.#word(i, NODE.keys)] as number) >>> 2) + 2 * number;
      words[2 * i] = memory[key] as number;
      words[2 * i + 1] = memory[key + 1] as number;
    }
    const leaf = leafWords >>> 2;
    for (let half = 0; half < 2 * leaves; half++) memory[leaf + half] = words[half] as number;
  }

  /**
   * The root word that the move at an address leads to from the state that was decoded.
   * @param interns are new words interned? False is returned if a node is full; if not, if there is a new word.
   */
  successor(move: number, interns = true): boolean {
    const memory = this.#arena.words;
    const { leaves } = this.#layout;
    this.#nextWords.set(this.#words);
    let at = (move + MOVE.leaves) >>> 2;
    for (let i = 0; i < 2 * leaves; i += 2, at += MOVE.leafBytes / 4) {
      const low = this.#words[i] as number;
      const high = this.#words[i + 1] as number;
      this.#nextWords[i] = (low & (memory[at] as number)) | (memory[at + 2] as number);
      this.#nextWords[i + 1] = (high & (memory[at + 1] as number)) | (memory[at + 3] as number);
    }
    this.low = this.#rootLow;
    this.high = this.#rootHigh;
    return this.#fold(false, interns);
  }

  /**
   * The root word of the state with these component ids; false if a node is full. The ids have to fit their fields:
   * Encoding.fit() makes room for every id before there is a state that has it.
   */
  encode(ids: ArrayLike<number>): boolean {
    const { words, shifts } = this.#places;
    const next = this.#nextWords.fill(0);
    for (let component = 0; component < words.length; component++) {
      const word = words[component] as number;
      next[word] = (next[word] as number) | ((ids[component] as number) << (shifts[component] as number));
    }
    this.low = this.high = 0;
    return this.#fold(true, true);
  }

  /** The ids of all components, from leaf words at an address. */
  idsAt(leafWords: number, ids: Uint32Array): void {
    const memory = this.#arena.words;
    const { words, shifts, masks } = this.#places;
    const leaf = leafWords >>> 2;
    for (let component = 0; component < words.length; component++) {
      const word = memory[leaf + (words[component] as number)] as number;
      ids[component] = (word >>> (shifts[component] as number)) & (masks[component] as number);
    }
  }

  /**
   * Interns the words that differ from the decoded state's (or all), leaves first, up to the root word. A number fits its
   * field, because it is below the node's capacity (intern-table.ts).
   */
  #fold(all: boolean, interns: boolean): boolean {
    const { nodes } = this.#layout;
    const next = this.#nextWords;
    if (nodes.length === 0) {
      this.low = next[0] as number;
      this.high = next[1] as number;
    }
    for (let i = 0; i < nodes.length; i++) {
      const low = next[2 * i] as number;
      const high = next[2 * i + 1] as number;
      if (!all && low === this.#words[2 * i] && high === this.#words[2 * i + 1]) continue;
      const number = this.#intern(i, low, high, interns);
      if (number < 0) {
        this.fullNode = i;
        return false;
      }
      const { parent, shift, width } = nodes[i] as Node;
      if (parent === ROOT) {
        this.low = withField(this.low, number, shift, width);
        this.high = withField(this.high, number, shift - 32, width);
      } else {
        const above = 2 * parent;
        next[above] = withField(next[above] as number, number, shift, width);
        next[above + 1] = withField(next[above + 1] as number, number, shift - 32, width);
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
    if (!interns || count >= (words[this.#word(node, NODE.capacity)] as number)) return -1;
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
