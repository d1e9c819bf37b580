/**
 * Layouts: how a state becomes a word of at most 64 bits.
 *
 * Component ids are fields of leaf words of 64 bits. If one leaf is enough, it is the state's root word: interning it would
 * be a word for every state. If not, every distinct leaf word is interned and its number is a field of the word above (tree compression), until
 * what is left fits the root:
 *
 *   leaf words   | cpu0.pe cpu0.pmu cpu0.gic .. |  | cpu1.pe .. |  | task.T event.A .. |
 *   interned            17 722 of them                18 111              622
 *   root word    |       id, 15 bits            |     id, 15    |       id, 10        |     3 million states in 40 bits
 *
 * No component straddles the halves of a leaf word, so that the fallback can read it with 32-bit operations. Fields get
 * the bits that would be left over; when one is too narrow nevertheless, there is a new layout.
 */

import { maskOf } from "./words.js";

/** Where a component is: in which 32-bit word of all leaf words, and which bits of it. */
export interface Field {
  readonly word: number;
  readonly shift: number;
  readonly width: number;
}

/** The fields of components, laid out for loops over all of them. */
export interface ComponentPlaces {
  readonly words: Int32Array;
  readonly shifts: Int32Array;
  readonly masks: Int32Array;
}

export function placesOf({ fields }: Layout): ComponentPlaces {
  return {
    words: Int32Array.from(fields, ({ word }) => word),
    shifts: Int32Array.from(fields, ({ shift }) => shift),
    masks: Int32Array.from(fields, ({ width }) => maskOf(width)),
  };
}

/** A word that is interned: where its number goes. */
export interface Node {
  /** The node whose word it is a field of; {@link ROOT} for the root word. */
  readonly parent: number;
  readonly shift: number;
  readonly width: number;
}

export interface Layout {
  /** By component. */
  readonly fields: readonly Field[];
  readonly leaves: number;
  /** The leaves first, then what is made of them, each before its parent. Empty if the only leaf is the root. */
  readonly nodes: readonly Node[];
  readonly rootBits: number;
}

/** Bytes of a root word as it is stored. */
export function rootBytes({ rootBits }: Layout): number {
  return Math.ceil(rootBits / 8);
}

export const ROOT = -1;
/** A root word this short is better than several that are interned, whatever the states are. */
const SHORT = 48;
const HALF = 32;
const WORD = 64;
/** Less is not stored. */
const SMALLEST_ROOT = HALF;
/** Numbers of interned words are below 2^31. */
const WIDEST = 31;

/** Do fields of these widths fit one leaf word? */
export function fitsLeaf(widths: readonly number[]): boolean {
  return packHalves(widths) !== undefined;
}

/** Are fields of these widths one short word? */
export function areShort(widths: readonly number[]): boolean {
  return endOf(packHalves(widths)) <= SHORT;
}

/** Bits that tell apart `count` values. */
export function snugWidth(count: number): number {
  return HALF - Math.clz32(Math.max(1, count - 1));
}

/** Bits that tell apart `count` values, and room for as many again. */
export function roomyWidth(count: number): number {
  return snugWidth(count) + 1;
}

/**
 * @param groups the components of every leaf
 * @param widths bits per component, at least
 * @param nodeWidth bits for the numbers of a node, at least
 * @param rootBits bits of the root word, at least; numbers get what they do not need
 * @param most bits of the root word, at most; if the only leaf has more, it is interned
 */
export function layoutOf(
  groups: readonly (readonly number[])[],
  widths: readonly number[],
  nodeWidth: (node: number) => number,
  rootBits: number,
  most = WORD,
): Layout {
  const direct = directBits(groups, widths, Math.min(rootBits, most), most);
  const fields: Field[] = [];
  groups.forEach((components, leaf) => {
    const packed = packHalves(components.map((component) => widths[component] ?? 0));
    if (packed === undefined) throw new RangeError("the components of a group do not fit 64 bits");
    spread(packed, direct ?? WORD).forEach(({ word, shift, width }, i) => {
      fields[components[i] ?? 0] = { word: 2 * leaf + word, shift, width };
    });
  });
  if (direct !== undefined) return { fields, leaves: 1, nodes: [], rootBits: direct };
  return { fields, leaves: groups.length, ...tree(groups.length, nodeWidth, rootBits) };
}

/** The same layout, with other widths of components; what is interned has the same numbers. */
export function withWidths(
  layout: Layout,
  groups: readonly (readonly number[])[],
  widths: readonly number[],
): Layout {
  return { ...layout, fields: layoutOf(groups, widths, () => 1, layout.rootBits).fields };
}

/** Root bits if the only leaf can be the root. */
function directBits(
  groups: readonly (readonly number[])[],
  widths: readonly number[],
  least: number,
  most: number,
): number | undefined {
  const [only, other] = groups;
  if (only === undefined || other !== undefined) return undefined;
  const end = endOf(packHalves(only.map((component) => widths[component] ?? 0)));
  const bits = Math.max(SMALLEST_ROOT, least, end);
  return bits <= most ? bits : undefined;
}

/** The bit behind the last field of a leaf word; more than there are if they do not fit one. */
function endOf(fields: readonly Field[] | undefined): number {
  if (fields === undefined) return Infinity;
  return Math.max(0, ...fields.map(({ word, shift, width }) => word * HALF + shift + width));
}

/** First fit, widest first. */
function packHalves(widths: readonly number[]): Field[] | undefined {
  const used = [0, 0];
  const fields: Field[] = [];
  const order = [...widths.keys()].sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0) || a - b);
  for (const i of order) {
    const width = widths[i] ?? 0;
    const word = used.findIndex((bits) => bits + width <= HALF);
    if (word < 0) return undefined;
    fields[i] = { word, shift: used[word] ?? 0, width };
    used[word] = (used[word] ?? 0) + width;
  }
  return fields;
}

/** Widens the fields until the word's first `bits` bits are used up. */
function spread(fields: readonly Field[], bits: number): Field[] {
  const wider: Field[] = [...fields];
  for (const half of [0, 1]) {
    const inside = [...fields.keys()].filter((i) => fields[i]?.word === half);
    let spare = Math.min(HALF, bits - half * HALF);
    for (const i of inside) spare -= fields[i]?.width ?? 0;
    let shift = 0;
    inside.forEach((i, at) => {
      const extra = Math.max(0, Math.ceil(spare / (inside.length - at)));
      spare -= extra;
      const width = (fields[i]?.width ?? 0) + extra;
      wider[i] = { word: half, shift, width };
      shift += width;
    });
  }
  return wider;
}

/** Pairs the two narrowest neighbours until the rest fits the root word. */
function tree(
  leaves: number,
  nodeWidth: (node: number) => number,
  least: number,
): Pick<Layout, "nodes" | "rootBits"> {
  const nodes: Node[] = [];
  const sum = (top: readonly number[]) => top.reduce((bits, node) => bits + nodeWidth(node), 0);
  let top = Array.from({ length: leaves }, (_, leaf) => leaf);
  let next = leaves;
  while (sum(top) > WORD) {
    const pairs = top.slice(1).map((right, i) => nodeWidth(top[i] ?? 0) + nodeWidth(right));
    const at = pairs.indexOf(Math.min(...pairs));
    top.slice(at, at + 2).forEach((node, i) => {
      nodes[node] = { parent: next, shift: i * HALF, width: WIDEST };
    });
    top = top.toSpliced(at, 2, next++);
  }
  const rootBits = Math.max(SMALLEST_ROOT, least, sum(top));
  const widths = withSpare(top.map(nodeWidth), Math.max(0, least - sum(top)));
  let shift = 0;
  top.forEach((node, at) => {
    const width = widths[at] as number;
    nodes[node] = { parent: ROOT, shift, width };
    shift += width;
  });
  return { nodes, rootBits };
}

/** The widths, with the bits that are left over: they go to the narrowest, for any node may come to have many words. */
function withSpare(widths: readonly number[], spare: number): number[] {
  const wider = [...widths];
  for (let bits = spare; bits > 0; bits--) {
    const narrowest = wider.indexOf(Math.min(...wider));
    if ((wider[narrowest] as number) < WIDEST) wider[narrowest] = (wider[narrowest] as number) + 1;
  }
  return wider;
}
