/**
 * Tokens on a ring of places: many components, few of which have changed at a time, so that states are far wider than a
 * word and numbers of interned words come and go at every width.
 */
import type { Outcome, TransitionSystem } from "../../../src/spec/transition-system.js";

const VALUES = 5;
/** Where a token may take the next value. */
const MINTS: readonly number[] = [0, 5];

/**
 * A ring with two tokens of values 1 to 5, next to each other at first. A token moves to the next place if that is empty;
 * at places 0 and 5 it may then also take the next value. All pairs of places and of values are reached.
 */
export function ring(places: number): TransitionSystem {
  return {
    components: Array.from({ length: places }, (_, i) => `place${i}`),
    initial: Array.from({ length: places }, (_, i) => (i < 2 ? 1 : 0)),
    processes: Array.from({ length: places }, (_, i) => `token at ${i}`),
    fair: [],
    run: (place, read) => {
      const token = Number(read(place));
      const next = (place + 1) % places;
      if (token === 0 || read(next) !== 0) return [];
      const moved = new Map([
        [place, 0],
        [next, token],
      ]);
      const minted = new Map([[place, (token % VALUES) + 1]]);
      return (MINTS.includes(place) ? [moved, minted] : [moved]).map((writes): Outcome => ({
        writes,
        observations: [],
      }));
    },
  };
}
