/**
 * Capture and recapture: an estimate of the number of states (Petersen 1896, Lincoln 1930).
 *
 * The first capture is the states nearest to the initial one, found breadth-first up to a limit. The second capture is
 * the distinct states of random walks. If the walks visit a tenth of the near states, they probably visit about a tenth
 * of all states:
 *
 *     states = near * walked / (walked and near)
 *
 * The two captures are not independent, because walks visit near states more or less often than others. So the estimate
 * is an order of magnitude; docs/use/random-and-estimates.md compares it with exact counts. Chao's estimator, which
 * counts how often walks visit a state again, is no alternative: it takes rare states for absent ones.
 */
import type { Machine } from "../runtime/machine.js";
import { InternedSystem, type Row } from "./interned-system.js";
import { wander } from "./walk.js";

export interface CaptureOptions {
  /** The size of the first capture in states. A state space that is not larger is counted exactly. */
  readonly near: number;
  /** Random steps of the second capture. */
  readonly steps: number;
  /** A 32-bit integer. */
  readonly seed: number;
  /** Called for every state; what it throws ends the capture. */
  readonly mustGoOn?: (() => void) | undefined;
}

export interface Captured {
  /** True if the near states are all reachable states. */
  readonly complete: boolean;
  /** Distinct states of the first capture, of the second, and in both. */
  readonly near: number;
  readonly walked: number;
  readonly both: number;
}

/** Steps of one walk. */
const WALK = 5000;

/** Takes both captures; only the first if it is complete. Deterministic for a seed. */
export function capture(machine: Machine, { near: limit, steps, seed, mustGoOn }: CaptureOptions): Captured {
  const system = new InternedSystem(machine);
  const { near, complete } = nearest(system, limit, mustGoOn);
  if (complete) return { complete, near: near.size, walked: 0, both: 0 };
  const walked = new Set<string>();
  wander(system, { steps, walk: WALK, seed, mustGoOn }, (row) => walked.add(keyOfRow(row)));
  let both = 0;
  for (const key of walked) if (near.has(key)) both++;
  return { complete, near: near.size, walked: walked.size, both };
}

/** Breadth-first search by whole levels, until there are `limit` states or no new ones. */
function nearest(
  system: InternedSystem,
  limit: number,
  mustGoOn: (() => void) | undefined,
): { near: Set<string>; complete: boolean } {
  const near = new Set([keyOfRow(system.initial)]);
  let level = [system.initial];
  while (level.length > 0 && near.size < limit) {
    const next: Row[] = [];
    for (const row of level) {
      mustGoOn?.();
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

/** A key of one code unit per id, the shortest that there is; ids that would be surrogates need a longer one. */
function keyOfRow(row: Row): string {
  return Math.max(...row) < 0xd800 ? String.fromCharCode(...row) : row.join();
}
