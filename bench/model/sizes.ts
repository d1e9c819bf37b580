/**
 * The sizes the bench runs, with the exact counts that every tool has to arrive at.
 *
 * A state is one assignment to the variables of bench/model/system.ts, a transition one rule instance that fires,
 * self-loops included.
 */
import type { BenchParameters } from "./parameters.js";

export interface Size {
  readonly name: string;
  readonly parameters: BenchParameters;
  readonly states: number;
  readonly transitions: number;
  /** SPIN's best settings for it: the longest path of a depth-first search, rounded up, and 2^slots hash slots. */
  readonly spin: { readonly depth: number; readonly slots: number };
}

function size(
  name: string,
  [cpus, counters, period, budget, cap, events]: readonly [number, number, number, number, number, number],
  counts: { readonly states: number; readonly transitions: number },
  spin: Size["spin"],
): Size {
  return { name, parameters: { cpus, counters, events, period, budget, cap }, ...counts, spin };
}

/** Parameters in this order: CPUs, counters, period, budget, cap, events. */
export const SIZES: readonly Size[] = [
  size("1e5", [2, 1, 3, 5, 2, 2], { states: 101_930, transitions: 334_080 }, { depth: 5_000, slots: 17 }),
  size("1e6", [2, 2, 3, 6, 2, 2], { states: 966_124, transitions: 3_519_156 }, { depth: 5_000, slots: 20 }),
  size(
    "2e7",
    [2, 2, 3, 11, 3, 2],
    { states: 19_754_208, transitions: 91_025_344 },
    { depth: 5_000, slots: 24 },
  ),
  // So far SPIN alone has counted this one.
  size(
    "1e8",
    [2, 2, 3, 16, 4, 2],
    { states: 94_007_608, transitions: 471_614_632 },
    { depth: 5_000, slots: 27 },
  ),
];

/** Where `--quick` stops. */
export const QUICK = "2e7";
