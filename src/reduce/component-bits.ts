/**
 * Sets of components, as bits of a bigint: bit i stands for component i.
 */
export function bitOf(component: number): bigint {
  return 1n << BigInt(component);
}

export function bitsOf(components: Iterable<number>): bigint {
  let bits = 0n;
  for (const component of components) bits |= bitOf(component);
  return bits;
}

export function includes(bits: bigint, component: number): boolean {
  return (bits & bitOf(component)) !== 0n;
}
