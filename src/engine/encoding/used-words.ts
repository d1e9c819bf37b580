/**
 * Which interned words some states use.
 *
 * Words are numbered in order of first sight, so the words that the first states use come before those that only later
 * ones use. The later ones hold ids that are not known to a search that goes on from the first ones.
 */
import { ROOT, type Layout, type Node } from "../memory/state-layout.js";
import type { NodeTable } from "./intern-table.js";
import { fieldOf, type OnWord } from "../memory/words.js";

/**
 * By node, how many words there are up to the last one that is used.
 * @param forEach calls for the root word of every state
 */
export function usedWords(
  { nodes }: Layout,
  tables: readonly NodeTable[],
  forEach: (visit: OnWord) => void,
): readonly number[] {
  const used = nodes.map(() => 0);
  const use = (node: number, low: number, high: number): void => {
    const number = fieldOf(low, high, nodes[node] as Node);
    if (number >= (used[node] as number)) used[node] = number + 1;
  };
  const childrenOf = (of: number) => [...nodes.keys()].filter((node) => nodes[node]?.parent === of);
  const top = childrenOf(ROOT);
  forEach((low, high) => {
    for (const node of top) use(node, low, high);
  });
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
