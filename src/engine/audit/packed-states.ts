/**
 * Packed states as the audit reads them: between a root word and the ids of components, in the layout at hand.
 *
 * The same format as state-layout.ts says, and none of the code that packs: a word is one BigInt, so that nothing can be
 * lost between halves, and whatever does not fit its field is said, and not masked away. Some hundred states are read in a
 * run; that BigInt is slow does not matter.
 */
import { NODE } from "../memory/control-block.js";
import { hashOf } from "../memory/hash.js";
import { ROOT, type Layout } from "../memory/state-layout.js";
import type { StateStore } from "../states/state-store.js";

const HALF = 32n;

/** Why a state has no root word, or a root word no state; in words that follow "it". */
export class Unpackable {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** A field. */
interface Place {
  readonly name: string;
  /** The leaf or node that it is in, or {@link ROOT}. */
  readonly of: number;
  readonly shift: number;
  readonly width: number;
}

export class PackedStates {
  readonly layout: Layout;
  readonly #store: StateStore;

  /** Good as long as the layout is the one that there is now. */
  constructor(store: StateStore) {
    this.#store = store;
    this.layout = store.layout;
  }

  /**
   * What is wrong with the layout itself, in words; undefined if nothing is.
   * @param counts values of each component
   */
  fault(counts: readonly number[]): string | undefined {
    const { fields, nodes, rootBits } = this.layout;
    const places: Place[] = [
      ...fields.map(({ word, shift, width }, i) => {
        return { name: `component ${i}`, of: word >>> 1, shift: 32 * (word & 1) + shift, width };
      }),
      ...nodes.map(({ parent, shift, width }, i) => ({ name: `node ${i}`, of: parent, shift, width })),
    ];
    const ends = new Map<number, number>();
    for (const { name, of, shift, width } of places.sort((a, b) => a.shift - b.shift)) {
      if (shift < (ends.get(of) ?? 0)) return `the field of ${name} begins within another one`;
      if (shift + width > (of === ROOT ? rootBits : 64)) return `the field of ${name} ends behind its word`;
      ends.set(of, shift + width);
    }
    return this.overfullField(counts);
  }

  /** A field that has to tell apart more numbers than it can, in words. */
  overfullField(counts: readonly number[]): string | undefined {
    const { fields, nodes } = this.layout;
    const say = (name: string, numbers: number, width: number) =>
      `${name} has ${numbers} numbers in a field of ${width} bits`;
    for (const [i, { width }] of nodes.entries()) {
      if (this.#words(i) > 2 ** width) return say(`node ${i}`, this.#words(i), width);
    }
    for (const [i, { width }] of fields.entries()) {
      if ((counts[i] ?? 0) > 2 ** width) return say(`component ${i}`, counts[i] ?? 0, width);
    }
    return undefined;
  }

  /** The ids of all components. */
  idsOf(root: bigint): number[] | Unpackable {
    const { fields, nodes, rootBits } = this.layout;
    if (root >> BigInt(rootBits) !== 0n) return new Unpackable(`has a word of more than ${rootBits} bits`);
    const words = [root];
    for (let i = nodes.length - 1; i >= 0; i--) {
      const { parent, shift, width } = nodes[i] as (typeof nodes)[number];
      const above = parent === ROOT ? root : (words[parent] as bigint);
      const number = Number(BigInt.asUintN(width, above >> BigInt(shift)));
      if (number >= this.#words(i))
        return new Unpackable(`has part ${number} of node ${i}, which has no such`);
      words[i] = this.#word(i, number);
    }
    return fields.map(({ word, shift, width }) => {
      const leaf = words[word >>> 1] as bigint;
      return Number(BigInt.asUintN(width, leaf >> (HALF * BigInt(word & 1) + BigInt(shift))));
    });
  }

  /** The root word of the state with these ids. */
  wordOf(ids: readonly number[]): bigint | Unpackable {
    const { fields, nodes, leaves } = this.layout;
    const words = Array.from({ length: Math.max(leaves, nodes.length) }, () => 0n);
    for (const [component, { word, shift, width }] of fields.entries()) {
      const id = ids[component] as number;
      if (id >= 2 ** width) return new Unpackable(`has value ${id} of component ${component}: ${width} bits`);
      const at = HALF * BigInt(word & 1) + BigInt(shift);
      words[word >>> 1] = (words[word >>> 1] as bigint) | (BigInt(id) << at);
    }
    if (nodes.length === 0) return words[0] ?? 0n;
    let root = 0n;
    for (const [i, { parent, shift, width }] of nodes.entries()) {
      const number = this.#numberOf(i, words[i] as bigint);
      if (number instanceof Unpackable) return number;
      if (number >= 2 ** width) return new Unpackable(`has part ${number} of node ${i}: ${width} bits`);
      const field = BigInt(number) << BigInt(shift);
      if (parent === ROOT) root |= field;
      else words[parent] = (words[parent] as bigint) | field;
    }
    return root;
  }

  /** Where the search would look for it: every number of this word that is to be found there; there has to be one. */
  #numberOf(node: number, word: bigint): number | Unpackable {
    const { words } = this.#store.arena;
    const slots = this.#register(node, NODE.slots) >>> 2;
    const mask = this.#register(node, NODE.mask);
    const [low, high] = halvesOf(word);
    const found: number[] = [];
    for (let slot = hashOf(low, high) & mask; words[slots + slot] !== 0; slot = (slot + 1) & mask) {
      const number = (words[slots + slot] as number) - 1;
      if (this.#word(node, number) === word) found.push(number);
    }
    const [first, second] = found;
    if (first === undefined) return new Unpackable(`has a part that node ${node} does not know`);
    if (second === undefined) return first;
    return new Unpackable(`has a part that is both ${first} and ${second} in node ${node}`);
  }

  #word(node: number, number: number): bigint {
    const { words } = this.#store.arena;
    const at = (this.#register(node, NODE.keys) >>> 2) + 2 * number;
    return wordOf(words[at] as number, words[at + 1] as number);
  }

  #words(node: number): number {
    return this.#register(node, NODE.count);
  }

  #register(node: number, which: number): number {
    const { arena, addresses } = this.#store;
    return (arena.words[(addresses.nodes + node * NODE.bytes + which) >>> 2] as number) >>> 0;
  }
}

/** The word with these halves. */
export function wordOf(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << HALF) | BigInt(low >>> 0);
}

export function halvesOf(word: bigint): readonly [low: number, high: number] {
  return [Number(BigInt.asIntN(32, word)), Number(BigInt.asIntN(32, word >> HALF))];
}
