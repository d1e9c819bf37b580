/**
 * What a bench run says: one row per model, tool and number of jobs.
 */
import type { Cost } from "./peers/measure.js";

export interface Row {
  readonly tool: string;
  /** The name of the size. */
  readonly model: string;
  readonly jobs: number;
  readonly states: number;
  readonly transitions: number;
  /** Wall time of the whole program, its start-up included and its compilation not; a median. */
  readonly seconds: number;
  /** By `seconds`. */
  readonly statesPerSecond: number;
  /** Peak resident memory by state: the same measure for every tool, and large where there are few states. */
  readonly bytesPerState: number;
  /** A median. */
  readonly peakRssBytes: number;
  /** User and system time of all threads; a median. On a machine with other work this says more than the wall. */
  readonly cpuSeconds: number;
  /** By `cpuSeconds`, so with the start-up: what the small sizes say is how long that takes. */
  readonly nsPerTransition: number;
  /** From the model's text to a program that can be started; 0 for pmucheck, which has no such step. */
  readonly compileSeconds: number;
}

export function rowOf(
  side: { readonly tool: string; readonly jobs: number; readonly compileSeconds: number },
  size: { readonly name: string; readonly states: number; readonly transitions: number },
  costs: readonly Cost[],
): Row {
  const seconds = median(costs.map((cost) => cost.seconds));
  const peakRssBytes = median(costs.map((cost) => cost.peakRssBytes));
  const cpuSeconds = median(costs.map((cost) => cost.cpuSeconds));
  return {
    tool: side.tool,
    model: size.name,
    jobs: side.jobs,
    states: size.states,
    transitions: size.transitions,
    seconds,
    statesPerSecond: size.states / seconds,
    bytesPerState: peakRssBytes / size.states,
    peakRssBytes,
    cpuSeconds,
    nsPerTransition: (cpuSeconds * 1e9) / size.transitions,
    compileSeconds: side.compileSeconds,
  };
}

/** What `--json` prints; `cacheMissNs` as bench/cache-miss.ts measures it. */
export function rowsDocument(rows: readonly Row[], cacheMissNs: number): string {
  return JSON.stringify({ rows, cacheMissNs }, null, 2);
}

/** The middle one; of an even number the lower of the two in the middle, which was measured and not made up. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? NaN;
}
