/**
 * Small arithmetic that the generators share.
 */

/** The whole numbers from `from` up to, but not including, `to`. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** How many bits hold the numbers 0 to `most`. */
export function bitsFor(most: number): number {
  return Math.max(1, 32 - Math.clz32(most));
}
