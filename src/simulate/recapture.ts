/**
 * How many states are there? Capture and recapture (Petersen 1896, Lincoln 1930).
 *
 * First capture: the states nearest to the initial one, found breadth first up to a limit. Second capture: the distinct
 * states of random walks. If the walks meet one in ten of the near states, they will have met about one in ten of
 * the others too:
 *
 *     states = near * walked / (walked and near)
 *
 * The two captures are not independent (what is near is met more often by some walks, less by others), so this is an
 * order of magnitude; docs/use/random-and-estimates.md has what it was measured against. Counting how often walks meet the
 * same state again (Chao's estimator) is no alternative: it takes the rare states for absent.
 */
import type { Machine } from "../runtime/machine.js";
import { InternedSystem, type Row } from "./interned-system.js";
import { withRandom } from "./random.js";
import { chooser } from "./walk.js";

export interface CaptureOptions {
  /** States of the first capture; a space that is not larger is counted. */
  readonly near: number;
  /** Random steps of the second. */
  readonly steps: number;
  /** A 32-bit integer. */
  readonly seed: number;
}

export interface Captured {
  /** Are the near states all there are? */
  readonly complete: boolean;
  /** Distinct states of the first capture, of the second, and of both. */
  readonly near: number;
  readonly walked: number;
  readonly both: number;
}

/** Walks begin anew after this many steps, with other weights. */
const WALK = 5000;

/** Deterministic. */
export function capture(machine: Machine, { near: limit, steps, seed }: CaptureOptions): Captured {
  const system = new InternedSystem(machine);
  const { near, complete } = nearest(system, limit);
  if (complete) return { complete, near: near.size, walked: 0, both: 0 };
  const walked = wander(system, steps, seed);
  let both = 0;
  for (const key of walked) if (near.has(key)) both++;
  return { complete, near: near.size, walked: walked.size, both };
}

/** Breadth first, whole levels until there are `limit` states. */
function nearest(system: InternedSystem, limit: number): { near: Set<string>; complete: boolean } {
  const near = new Set([keyOfRow(system.initial)]);
  let level = [system.initial];
  while (level.length > 0 && near.size < limit) {
    const next: Row[] = [];
    for (const row of level) {
      for (const move of system.moves(row)) {
        const after = system.after(row, move);
        const key = keyOfRow(after);
        if (near.has(key)) continue;
        near.add(key);
        next.push(after);
      }
    }
    level = next;
  }
  return { near, complete: level.length === 0 };
}

function wander(system: InternedSystem, steps: number, seed: number): Set<string> {
  const walked = new Set<string>();
  withRandom(seed, (random) => {
    for (let left = steps; left > 0; left -= WALK) {
      const choose = chooser(system, random);
      let row = system.initial;
      for (let i = Math.min(WALK, left); i > 0; i--) {
        const move = choose(system.moves(row));
        if (move === undefined) break;
        row = system.after(row, move);
        walked.add(keyOfRow(row));
      }
    }
  });
  return walked;
}

/** Code units are the shortest text that tells rows apart, up to where they would be surrogates. */
function keyOfRow(row: Row): string {
  return Math.max(...row) < 0xd800 ? String.fromCharCode(...row) : row.join();
}
