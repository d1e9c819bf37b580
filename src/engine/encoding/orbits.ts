/**
 * Orbits: states that a renaming makes of each other are one state, the one whose root word is the least.
 *
 *   root word   | part | part | part |       each is the number of an interned word, or the id of a component
 *   maps        by renaming and part: number -> number of the renamed part, plus 1; 0 is unknown
 *   directory   by renaming and part: | address of the map | numbers that it has room for |
 *
 * A renaming makes a part of every part, so that a renamed word is put together from maps. They are for one layout, and
 * are filled as they are needed; kernels only read them.
 */
import type { Renaming } from "../../spec/symmetry.js";
import type { Arena } from "../memory/arena.js";
import { ROOT, type Field, type Layout, type Node } from "../memory/state-layout.js";
import type { Packing } from "./packing.js";
import { type BitField, fieldOf, type Translator, withField } from "../memory/words.js";

/** The words of an entry of the directory, in bytes. */
export const MAP = { address: 0, capacity: 4, bytes: 8 } as const;

/** There has to be a word that is none: the kernel's for "unknown". */
export const MAX_ORBIT_BITS = 63;

const FIRST_CAPACITY = 256;

/** A part of the root word; it may lie across both halves. */
export interface Part extends BitField {
  /** By renaming: the part that it becomes. */
  readonly becomes: readonly number[];
}

export class Orbits implements Translator {
  low = 0;
  high = 0;
  readonly parts: readonly Part[];
  readonly renamings: number;
  /** The directory's address. */
  readonly directory: number;
  readonly #arena: Arena;

  constructor(arena: Arena, renamings: readonly Renaming[], layout: Layout) {
    this.#arena = arena;
    this.renamings = renamings.length;
    this.parts = partsOf(layout, renamings);
    this.directory = arena.allocate(this.#directoryBytes);
  }

  /** Makes of a word the least one of its orbit; false if what a part of it is called otherwise is not known. */
  translate(low: number, high: number): boolean {
    this.low = low;
    this.high = high;
    for (let renaming = 0; renaming < this.renamings; renaming++) {
      let [otherLow, otherHigh] = [0, 0];
      for (let at = 0; at < this.parts.length; at++) {
        const part = this.parts[at] as Part;
        const number = this.#otherNumber(renaming, at, fieldOf(low, high, part));
        if (number < 0) return false;
        const { shift, width } = this.parts[part.becomes[renaming] as number] as Part;
        otherLow = withField(otherLow, number, shift, width);
        otherHigh = withField(otherHigh, number, shift - 32, width);
      }
      if (otherHigh >>> 0 > this.high >>> 0) continue;
      if (otherHigh === this.high && otherLow >>> 0 >= this.low >>> 0) continue;
      this.low = otherLow;
      this.high = otherHigh;
    }
    return true;
  }

  /**
   * Takes note of what a state is called otherwise: all of its parts are known from now on.
   * @param states ids of the state, and what every renaming makes of it
   * @returns false if one of them has no root word in this layout; the codec says which node is full
   */
  learn(states: readonly (readonly number[])[], packing: Packing): boolean {
    const words: [low: number, high: number][] = [];
    for (const ids of states) {
      if (!packing.encode(ids)) return false;
      words.push([packing.codec.low, packing.codec.high]);
    }
    const [[low, high] = [0, 0], ...others] = words;
    others.forEach(([otherLow, otherHigh], renaming) => {
      this.parts.forEach((part, at) => {
        const to = this.parts[part.becomes[renaming] as number] as Part;
        this.#enter(renaming, at, fieldOf(low, high, part), fieldOf(otherLow, otherHigh, to));
      });
    });
    return true;
  }

  free(): void {
    for (let entry = 0; entry < this.renamings * this.parts.length; entry++) {
      const capacity = this.#get(entry, MAP.capacity);
      if (capacity > 0) this.#arena.free(this.#get(entry, MAP.address), 4 * capacity);
    }
    this.#arena.free(this.directory, this.#directoryBytes);
  }

  /** -1 if it is not known. It fits the field of the part that it is a number of, where {@link learn} found it. */
  #otherNumber(renaming: number, part: number, number: number): number {
    const entry = renaming * this.parts.length + part;
    if (number >= this.#get(entry, MAP.capacity)) return -1;
    return (this.#arena.words[(this.#get(entry, MAP.address) >>> 2) + number] as number) - 1;
  }

  #enter(renaming: number, part: number, number: number, other: number): void {
    const entry = renaming * this.parts.length + part;
    const capacity = this.#get(entry, MAP.capacity);
    if (number >= capacity) this.#grow(entry, Math.max(FIRST_CAPACITY, 2 * capacity, number + 1));
    this.#arena.words[(this.#get(entry, MAP.address) >>> 2) + number] = other + 1;
  }

  #grow(entry: number, capacity: number): void {
    const address = this.#arena.allocate(4 * capacity);
    const [old, size] = [this.#get(entry, MAP.address), this.#get(entry, MAP.capacity)];
    const { words } = this.#arena;
    words.copyWithin(address >>> 2, old >>> 2, (old >>> 2) + size);
    if (size > 0) this.#arena.free(old, 4 * size);
    words[(this.directory + entry * MAP.bytes + MAP.address) >>> 2] = address;
    words[(this.directory + entry * MAP.bytes + MAP.capacity) >>> 2] = capacity;
  }

  #get(entry: number, word: number): number {
    return (this.#arena.words[(this.directory + entry * MAP.bytes + word) >>> 2] as number) >>> 0;
  }

  get #directoryBytes(): number {
    return this.renamings * this.parts.length * MAP.bytes;
  }
}

function partsOf({ fields, nodes }: Layout, renamings: readonly Renaming[]): Part[] {
  if (nodes.length === 0) {
    return fields.map(({ word, shift, width }, component) => ({
      shift: 32 * word + shift,
      width,
      becomes: renamings.map(({ components }) => components[component] as number),
    }));
  }
  const leafOf = (component: number) => (fields[component] as Field).word >>> 1;
  return nodes.map(({ parent, shift, width }: Node, leaf) => {
    if (parent !== ROOT) throw new Error("a part of a root word is not one of its fields");
    const component = fields.findIndex((_, one) => leafOf(one) === leaf);
    return {
      shift,
      width,
      becomes: renamings.map(({ components }) => leafOf(components[component] as number)),
    };
  });
}
