/**
 * The plan for the next layout: how wide everything has to be, and which components are interned together.
 */
import { CapacityError } from "../memory/budget.js";
import { MAX_NODES } from "../memory/control-block.js";
import type { Renaming } from "../../spec/symmetry.js";
import { BITS_PER_GROUP, cheapestGroups, closedUnder, fullestGroups, sectionsOf } from "./grouping.js";
import {
  areShort,
  fitsLeaf,
  layoutOf,
  roomyWidth,
  ROOT,
  snugWidth,
  withWidths,
  type Layout,
} from "../memory/state-layout.js";
import { MAX_ORBIT_BITS } from "./orbits.js";
import type { Tuning } from "../api/tuning.js";

/** How many times as many words as among the samples there is room for at once. */
const MORE_WORDS = 2;
const WIDEST_NUMBER = 31;
/** Bits that a component may have more some day in the same group. */
const SPARE_BITS = 2;

/** With a node above every two of them, as many as a layout may have nodes. */
const MOST_GROUPS = MAX_NODES / 2;
/** A group that costs more than any words do: there are as few of them as can be. */
const MOST_BITS_PER_GROUP = 1 << 16;

export class LayoutPlan {
  readonly #leastNumberBits: number;
  readonly #rootBits: number;
  readonly #renamings: readonly Renaming[];
  /** Components that groups are made of. */
  readonly #sections: readonly (readonly number[])[];
  /** By component: values, and bits for them. */
  #counts: readonly number[];
  #widths: number[];
  /** By node, where that is known. */
  readonly #numberWidths = new Map<number, number>();
  #groups: readonly (readonly number[])[];

  /** @param renamings each makes a group of every group */
  constructor(
    components: number,
    { componentBits, numberBits, rootBits }: Tuning,
    renamings: readonly Renaming[],
  ) {
    this.#leastNumberBits = numberBits;
    this.#rootBits = rootBits;
    this.#renamings = renamings;
    // Of very many components each has fewer bits at first, so that there are no more groups than a layout may have.
    const perHalf = Math.ceil(components / (2 * MOST_GROUPS));
    const bits = Math.max(1, Math.min(componentBits, Math.floor(32 / perHalf)));
    this.#widths = Array.from({ length: components }, () => bits);
    this.#counts = this.#widths.map(() => 1);
    this.#sections = sectionsOf(components, renamings);
    const fullest = this.#sections.flatMap((section) => fullestGroups(this.#widths, section));
    this.#groups = closedUnder(renamings, fullest);
  }

  /**
   * Plans on from a layout that is there.
   * @param counts values of each component
   * @param words interned words of each node
   */
  follow(layout: Layout, counts: readonly number[], words: readonly number[]): void {
    const { fields, leaves, nodes } = layout;
    this.#groups = Array.from({ length: leaves }, (_, leaf) =>
      [...fields.keys()].filter((component) => (fields[component]?.word ?? 0) >>> 1 === leaf),
    );
    this.#counts = counts;
    // No wider than they are, so that they fit together for sure.
    this.#widths = fields.map(({ width }, component) => Math.min(width, roomyWidth(counts[component] ?? 0)));
    this.#numberWidths.clear();
    nodes.forEach(({ parent, width }, node) => {
      this.#numberWidths.set(node, parent === ROOT ? width : roomyWidth(words[node] ?? 0));
    });
  }

  /** Do all groups still fit a leaf word? */
  get isPossible(): boolean {
    return this.#groups.every((group) => fitsLeaf(group.map((one) => this.#widths[one] ?? 0)));
  }

  /** Throws a CapacityError if states are too wide. */
  layout(): Layout {
    const numberWidth = (node: number) => this.#numberWidths.get(node) ?? this.#leastNumberBits;
    const most = this.#renamings.length > 0 ? MAX_ORBIT_BITS : undefined;
    const layout = layoutOf(this.#groups, this.#widths, numberWidth, this.#rootBits, most);
    if (layout.nodes.length > MAX_NODES) {
      throw new CapacityError(`states of more than ${MAX_NODES} interned parts`);
    }
    const isDeep = layout.rootBits > MAX_ORBIT_BITS || layout.nodes.some(({ parent }) => parent !== ROOT);
    if (this.#renamings.length > 0 && isDeep) {
      throw new CapacityError(`states of more than ${MAX_ORBIT_BITS} bits that differ by names`);
    }
    return layout;
  }

  /** The layout with the widths of components that are planned now. */
  rewidened(layout: Layout): Layout {
    return withWidths(layout, this.#groups, this.#widths);
  }

  /** Plans room for so many values of each component, and some more. */
  widen(counts: readonly number[]): void {
    this.#counts = counts;
    this.#widths = counts.map((count, component) =>
      Math.max(this.#widths[component] ?? 0, roomyWidth(count)),
    );
    if (this.#groups.length === 1) this.#widths = this.#shortWidths ?? this.#widths;
  }

  /** Plans more room for the numbers of a node of a layout. */
  widenNode(node: number, layout: Layout): void {
    const { width, parent } = layout.nodes[node] ?? { width: 0, parent: ROOT };
    if (parent !== ROOT || width >= WIDEST_NUMBER) {
      throw new CapacityError(`more than 2^${width} different parts of states`);
    }
    this.#numberWidths.set(node, width + 1);
  }

  /** Plans as little room as these counts need. */
  narrow(counts: readonly number[]): void {
    this.#counts = counts;
    this.#widths = counts.map(roomyWidth);
  }

  /**
   * Plans the groups anew, by samples of states (grouping.ts). True if that makes another layout than the one that there
   * is now: other groups, or a shorter only word.
   */
  group(samples: () => readonly Uint32Array[], now: Layout): boolean {
    const before = JSON.stringify(this.#groups);
    this.#numberWidths.clear();
    const short = this.#shortWidths;
    if (short !== undefined) {
      this.#widths = short;
      this.#groups = [[...short.keys()]];
    } else {
      this.#measureGroups(samples());
    }
    if (this.#groups.length > 1 || JSON.stringify(this.#groups) !== before) {
      return JSON.stringify(this.#groups) !== before;
    }
    const { nodes, rootBits } = this.layout();
    return nodes.length < now.nodes.length || rootBits < now.rootBits;
  }

  /** Makes the groups that are cheapest on samples; fewer ones where those were too many. */
  #measureGroups(samples: readonly Uint32Array[]): void {
    // More bits each, so that groups do not fall apart as soon as there are more values.
    const widths = this.#widths.map((width) => width + SPARE_BITS);
    for (let price = BITS_PER_GROUP; price <= MOST_BITS_PER_GROUP; price *= 2) {
      const groups = this.#sections.flatMap((section) => cheapestGroups(samples, widths, section, price));
      const measured = groups.map(({ components }) => components);
      this.#groups = closedUnder(this.#renamings, measured);
      this.#numberWidths.clear();
      if (this.#groups.length === measured.length) {
        groups.forEach(({ words }, node) => this.#numberWidths.set(node, roomyWidth(words * MORE_WORDS)));
      }
      if (this.#groups.length <= MOST_GROUPS) return;
    }
  }

  /**
   * Widths with which a state is one short word, if there are any: as they are planned, or else no more than the values
   * need. For example, 17 components with four values each are 34 bits; with a bit to spare for each they would be 51.
   */
  get #shortWidths(): number[] | undefined {
    return [this.#widths, this.#counts.map(snugWidth)].find(areShort);
  }
}
