/**
 * From one layout to another: the three ways, from cheap to dear.
 *
 * More bits for components change only the interned words, more bits for the numbers of words only the rows; another
 * grouping changes everything.
 */
import type { Codec } from "./codec.js";
import { ROOT, type Field, type Layout } from "./layout.js";
import type { NodeTable } from "./node-table.js";
import type { Rows } from "./rows.js";
import { fieldOf, maskOf, withField } from "./words.js";

/** Rewrites the leaves' words for other widths of components. */
export function rewriteLeaves(nodes: readonly NodeTable[], from: Layout, to: Layout): void {
  for (let leaf = 0; leaf < to.leaves; leaf++) {
    const components = [...to.fields.keys()].filter(
      (one) => to.fields[one]?.word === 2 * leaf || to.fields[one]?.word === 2 * leaf + 1,
    );
    nodes[leaf]?.rewrite((low, high) => {
      const halves: [number, number] = [0, 0];
      for (const component of components) {
        const [old, now] = [from.fields[component] as Field, to.fields[component] as Field];
        const id = ((old.word & 1 ? high : low) >>> old.shift) & maskOf(old.width);
        halves[now.word & 1] = (halves[now.word & 1] as number) | (id << now.shift);
      }
      return halves;
    });
  }
}

/** Writes all rows again for other widths of numbers. */
export function repackRows(
  size: number,
  from: { layout: Layout; rows: Rows },
  to: { layout: Layout; rows: Rows },
): void {
  const top = [...to.layout.nodes.keys()].filter((node) => to.layout.nodes[node]?.parent === ROOT);
  const moves = top.map((node) => ({ from: from.layout.nodes[node], to: to.layout.nodes[node] }));
  for (let row = 0; row < size; row++) {
    from.rows.read(row);
    let [low, high] = [0, 0];
    for (const { from: old, to: now } of moves) {
      if (old === undefined || now === undefined) continue;
      const number = fieldOf(from.rows.low, from.rows.high, old);
      low = withField(low, number, now.shift, now.width);
      high = withField(high, number, now.shift - 32, now.width);
    }
    to.rows.write(row, low, high);
  }
}

/** One side of {@link moveRows}. */
export interface Packing {
  readonly layout: Layout;
  readonly rows: Rows;
  readonly codec: Codec;
}

/**
 * Encodes all states in another layout.
 * @param words the arena's words, which may be others after each call of `makeRoom`
 * @param makeRoom makes room in a node of the new layout; false if it cannot
 * @returns false if that happened: the new rows are then good for nothing
 */
export function moveRows(
  size: number,
  from: Packing,
  to: Packing,
  leaves: number,
  words: () => Int32Array,
  makeRoom: (node: number) => boolean,
): boolean {
  const ids = new Int32Array(from.layout.fields.length);
  const fields = from.layout.fields;
  for (let row = 0; row < size; row++) {
    from.rows.read(row);
    from.codec.decode(from.rows.low, from.rows.high, leaves);
    const memory = words();
    for (let component = 0; component < fields.length; component++) {
      const field = fields[component] as Field;
      ids[component] =
        ((memory[(leaves >>> 2) + field.word] as number) >>> field.shift) & maskOf(field.width);
    }
    while (!to.codec.encode(ids)) if (!makeRoom(to.codec.fullNode)) return false;
    to.rows.write(row, to.codec.low, to.codec.high);
  }
  return true;
}
