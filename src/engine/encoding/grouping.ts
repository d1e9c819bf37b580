/**
 * Grouping: which components to intern together.
 *
 * Components that nearly always take the same values together belong together: few distinct words, short numbers. What
 * they are is measured on states found so far, for every run of components in the order in which the system declares
 * them, and the cheapest way to cut that order into runs is taken. Those that are exchanged with each other are cut apart
 * before, so that a group becomes a group. Any grouping is exact; a better one is smaller.
 */
import type { Renaming } from "../../spec/symmetry.js";
import { fitsLeaf } from "../memory/state-layout.js";

/**
 * Bits per state that a node's distinct words would cost if every state had one of its own. They take several times
 * as many; but the more states there are, the fewer of them have a word of their own, and the samples are early ones.
 */
const BITS_PER_WORD = 40;
/** Bits per state that justify another group, which takes time in every move. */
export const BITS_PER_GROUP = 4;

/** Components that are interned together, and how many distinct words they make among the samples. */
export interface Group {
  readonly components: readonly number[];
  readonly words: number;
}

/**
 * @param samples ids of states: `samples[c][i]` is state i's id of component c
 * @param widths bits per component
 * @param order the components to be grouped
 * @param bitsPerGroup the more, the fewer groups
 * @returns the groups in that order
 */
export function cheapestGroups(
  samples: readonly Uint32Array[],
  widths: readonly number[],
  order: readonly number[],
  bitsPerGroup = BITS_PER_GROUP,
): Group[] {
  const ordered = order.map((component) => widths[component] ?? 0);
  const components = order.length;
  const states = samples[0]?.length ?? 0;
  const partition = new Partition(states);
  /** By end (exclusive): the cheapest cut of the components before it, and where its last run begins. */
  const best = [{ cost: 0, from: 0, words: 0 }];
  for (let end = 1; end <= components; end++) best.push({ cost: Infinity, from: end - 1, words: 0 });
  for (let from = 0; from < components; from++) {
    partition.reset();
    for (let end = from + 1; end <= components && fitsLeaf(ordered.slice(from, end)); end++) {
      const count = partition.refine(samples[order[end - 1] as number] as Uint32Array);
      const cost =
        (best[from]?.cost ?? Infinity) + Math.log2(count) + (count / states) * BITS_PER_WORD + bitsPerGroup;
      if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, from, words: count };
    }
  }
  const groups: Group[] = [];
  for (let end = components; end > 0;) {
    const { from, words } = best[end] ?? { from: 0, words: 0 };
    groups.unshift({ components: order.slice(from, end), words });
    end = from;
  }
  return groups;
}

/** As many components per group as fit, in an order: when there is nothing to measure yet. */
export function fullestGroups(widths: readonly number[], order: readonly number[]): number[][] {
  const groups: number[][] = [];
  let last: number[] = [];
  for (const component of order) {
    if (last.length === 0 || !fitsLeaf([...last, component].map((one) => widths[one] ?? 0))) {
      groups.push((last = []));
    }
    last.push(component);
  }
  return groups;
}

/** The components that renamings leave alone, then one of each of those that become each other, then another one of each. */
export function sectionsOf(components: number, renamings: readonly Renaming[]): number[][] {
  const place = (component: number): number => {
    const orbit = new Set([component, ...renamings.map((one) => one.components[component] as number)]);
    return orbit.size === 1 ? 0 : 1 + [...orbit].sort((a, b) => a - b).indexOf(component);
  };
  const sections: number[][] = [];
  for (let component = 0; component < components; component++) {
    (sections[place(component)] ??= []).push(component);
  }
  return sections.filter((section) => section.length > 0);
}

/** The same groups, split until every renaming makes a group of each. They are renamings of a group without its identity. */
export function closedUnder(
  renamings: readonly Renaming[],
  groups: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  if (renamings.length === 0) return groups;
  const groupOf = (component: number) => groups.findIndex((group) => group.includes(component));
  const split = new Map<string, number[]>();
  for (const component of groups.flat()) {
    // Together with another one whatever it is called.
    const key = [component, ...renamings.map(({ components }) => components[component] as number)]
      .map(groupOf)
      .join();
    split.set(key, [...(split.get(key) ?? []), component]);
  }
  return [...split.values()];
}

/** States in classes of those that take the same values, split by one component after another. */
class Partition {
  readonly #classes: Uint32Array;
  /** By new class: one state of it, and the class it was in. */
  readonly #examples: Uint32Array;
  readonly #olds: Uint32Array;
  readonly #slots: Uint32Array;

  constructor(states: number) {
    this.#classes = new Uint32Array(states);
    this.#examples = new Uint32Array(states);
    this.#olds = new Uint32Array(states);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * states + 1)));
  }

  /** One class. */
  reset(): void {
    this.#classes.fill(0);
  }

  /**
   * @param ids of one component, by state
   * @returns how many classes there are now
   */
  refine(ids: Uint32Array): number {
    const classes = this.#classes;
    const examples = this.#examples;
    const olds = this.#olds;
    const slots = this.#slots.fill(0);
    const mask = slots.length - 1;
    let count = 0;
    for (let state = 0; state < classes.length; state++) {
      const old = classes[state] as number;
      const id = ids[state] as number;
      let slot = Math.imul(Math.imul(old, 0x9e3779b1) ^ id, 0x85ebca6b);
      slot = (slot ^ (slot >>> 15)) & mask;
      let known = slots[slot] as number;
      while (known !== 0 && (olds[known - 1] !== old || ids[examples[known - 1] as number] !== id)) {
        slot = (slot + 1) & mask;
        known = slots[slot] as number;
      }
      if (known === 0) {
        examples[count] = state;
        olds[count] = old;
        known = slots[slot] = ++count;
      }
      classes[state] = known - 1;
    }
    return count;
  }
}
