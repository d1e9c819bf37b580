/**
 * The hash of a 64-bit word, in 32-bit operations, so that kernel and fallback fill their tables alike.
 */

export const HASH = { high: 0x9e3779b1, first: 0x85ebca6b, second: 0xc2b2ae35, shift: 15, last: 13 } as const;

export function hashOf(low: number, high: number): number {
  let hash = Math.imul(low ^ Math.imul(high, HASH.high), HASH.first);
  hash = Math.imul(hash ^ (hash >>> HASH.shift), HASH.second);
  return hash ^ (hash >>> HASH.last);
}
