/**
 * What the loops of the plain kernel know of states in memory: where a row is, which answer a table has for a state, and
 * bits of a lane; wasm/state.ts has the same. What knows the layout is in codec.ts.
 */
import { ROW_BYTES, type Addresses } from "../../memory/control-block.js";
import { INNER } from "../../oracle/answer-tables.js";

/** Where a row is, by word. */
export function rowWord(words: Int32Array, { chunks, chunkBits }: Addresses, row: number): number {
  const chunk = words[(chunks >>> 2) + (row >>> chunkBits)] as number;
  return ((chunk >>> 0) + (row & ((1 << chunkBits) - 1)) * ROW_BYTES) >>> 2;
}

/** Makes a row of a root word. */
export function writeRow(
  words: Int32Array,
  addresses: Addresses,
  row: number,
  low: number,
  high: number,
): void {
  const at = rowWord(words, addresses, row);
  words[at] = low;
  words[at + 1] = high;
}

/**
 * The answer of a table (answer-tables.ts) for a decoded state, by word; 0 if there is none yet.
 * @param root of the table, as the directory has it
 * @param leaf where the state's leaf words are, by word
 */
export function walk(words: Int32Array, root: number, leaf: number): number {
  let at = root;
  while (at !== 0 && (at & 1) === 0) {
    const node = at >>> 2;
    const word = words[leaf + (words[node] as number)] as number;
    const id = (word >>> (words[node + 1] as number)) & (words[node + 2] as number);
    const child = (id - (words[node + 3] as number)) >>> 0;
    at = child < (words[node + 4] as number) ? (words[node + INNER.children / 4 + child] as number) : 0;
  }
  return at >>> 2;
}

/** Sets a bit: the `number`-th from an address on. */
export function setBit(bytes: Uint8Array, address: number, number: number): void {
  const at = address + (number >>> 3);
  bytes[at] = (bytes[at] as number) | (1 << (number & 7));
}
