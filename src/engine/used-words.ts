/**
 * Which interned words some states use.
 *
 * Words are numbered in order of first sight, so the words that the first rows use come before those that only later
 * rows use. The later ones hold ids that are not known to a search that goes on from the first rows.
 */
import { ROOT, type Layout, type Node } from "./layout.js";
import type { NodeTable } from "./node-table.js";
import type { Rows } from "./rows.js";
import { fieldOf } from "./words.js";

/** By node, how many words there are up to the last one that the rows before `end` use. */
export function usedWords(
  end: number,
  { nodes }: Layout,
  rows: Rows,
  tables: readonly NodeTable[],
): readonly number[] {
  const used = nodes.map(() => 0);
  const use = (node: number, low: number, high: number): void => {
    const number = fieldOf(low, high, nodes[node] as Node);
    if (number >= (used[node] as number)) used[node] = number + 1;
  };
  const childrenOf = (of: number) => [...nodes.keys()].filter((node) => nodes[node]?.parent === of);
  const top = childrenOf(ROOT);
  for (let row = 0; row < end; row++) {
    rows.read(row);
    for (const node of top) use(node, rows.low, rows.high);
  }
  // Parents come after their children.
  for (let parent = nodes.length - 1; parent >= 0; parent--) {
    const table = tables[parent] as NodeTable;
    const children = childrenOf(parent);
    for (let number = 0; number < (used[parent] as number); number++) {
      for (const node of children) use(node, table.low(number), table.high(number));
    }
  }
  return used;
}
