/**
 * Grouping: which components to intern together.
 *
 * Components that nearly always take the same values together belong together: few distinct words, short numbers. What
 * they are is measured on states found so far, for every run of components in the order in which the system declares
 * them, and the cheapest way to cut that order into runs is taken. Those that are exchanged with each other are cut apart
 * before, so that a group becomes a group. Any grouping is exact; a better one is smaller.
 */
import type { Renaming } from "../spec/symmetry.js";
import { fitsLeaf } from "./layout.js";

/**
 * Bits per state that a node's distinct words would cost if every state had one of its own. They take several times
 * as many; but the more states there are, the fewer of them have a word of their own, and the samples are early ones.
 */
const BITS_PER_WORD = 40;
/** Bits per state that justify another group, which takes time in every move. */
const BITS_PER_GROUP = 4;

/** Components that are interned together, and how many distinct words they make among the samples. */
export interface Group {
  readonly components: readonly number[];
  readonly words: number;
}

/**
 * @param samples ids of states: `samples[i * components + c]` is state i's id of component c
 * @param widths bits per component
 * @param order the components to be grouped
 * @returns the groups in that order
 */
export function cheapestGroups(
  samples: Uint32Array,
  widths: readonly number[],
  order: readonly number[],
): Group[] {
  const ordered = order.map((component) => widths[component] ?? 0);
  const stride = widths.length;
  const components = order.length;
  const states = samples.length / stride;
  /** By end (exclusive): the cheapest cut of the components before it, and where its last run begins. */
  const best = [{ cost: 0, from: 0, words: 0 }];
  for (let end = 1; end <= components; end++) best.push({ cost: Infinity, from: end - 1, words: 0 });
  for (let from = 0; from < components; from++) {
    let classes = new Uint32Array(states);
    for (let end = from + 1; end <= components && fitsLeaf(ordered.slice(from, end)); end++) {
      const refined = refine(classes, samples, stride, order[end - 1] ?? 0);
      classes = refined.classes;
      const cost =
        (best[from]?.cost ?? Infinity) +
        Math.log2(refined.count) +
        (refined.count / states) * BITS_PER_WORD +
        BITS_PER_GROUP;
      if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, from, words: refined.count };
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

/** Splits classes of states by one more component. */
function refine(
  classes: Uint32Array,
  samples: Uint32Array,
  components: number,
  component: number,
): { readonly classes: Uint32Array<ArrayBuffer>; readonly count: number } {
  const states = classes.length;
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * states + 1)));
  const mask = slots.length - 1;
  const refined = new Uint32Array(states);
  /** By new class: one state of it. */
  const example = new Uint32Array(states);
  let count = 0;
  const idOf = (state: number) => samples[state * components + component] as number;
  for (let state = 0; state < states; state++) {
    let slot = Math.imul(Math.imul(classes[state] as number, 0x9e3779b1) ^ idOf(state), 0x85ebca6b);
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const known = slots[slot] as number;
      if (known === 0) {
        example[count] = state;
        slots[slot] = ++count;
        refined[state] = count - 1;
        break;
      }
      const other = example[known - 1] as number;
      if (classes[other] === classes[state] && idOf(other) === idOf(state)) {
        refined[state] = known - 1;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return { classes: refined, count };
}
