/**
 * Numbers for people.
 */

/** `1,320,425` */
export function grouped(count: number): string {
  return count.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}
