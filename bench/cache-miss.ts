/**
 * What a load costs that misses the caches while others are on their way: the yardstick for a transition, which looks a state up in a
 * table that is larger than any cache.
 *
 * CPU time of this process, so that a busy machine makes it larger only as far as neighbours take its caches.
 */
import { median } from "./rows.js";

/** As large as the tables of some 20 million states, in pages of the usual size. */
const WORDS = 2 ** 25;
const LOADS = 20_000_000;
const RUNS = 5;

/** Nanoseconds of a load from a random place, whose address does not wait for the load before it; a median. */
export function cacheMissNs(): number {
  const words = new Uint32Array(WORDS).fill(1);
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    const sum = sumOfLoads(words, run + 1);
    const { user, system } = process.cpuUsage(before);
    if (sum !== LOADS) throw new Error(`${LOADS} ones make ${sum}`);
    runs.push(((user + system) * 1000) / LOADS);
  }
  return median(runs);
}

/** Places by Marsaglia's xorshift: some cycles each, of which a load is twenty or more. */
function sumOfLoads(words: Uint32Array, seed: number): number {
  let place = seed;
  let sum = 0;
  for (let load = 0; load < LOADS; load++) {
    place ^= place << 13;
    place ^= place >>> 17;
    place ^= place << 5;
    sum += words[place & (WORDS - 1)] ?? 0;
  }
  return sum;
}
