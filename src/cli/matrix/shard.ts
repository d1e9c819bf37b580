/**
 * Parts of what there is to run, so that several machines can take one each: which jobs are whose.
 */
import { PmucheckError } from "../../spec/errors.js";

/** Which part of how many; the first is 1. */
export interface Shard {
  readonly at: number;
  readonly of: number;
}

/** Where a job is among all that are run. */
export interface JobPlace {
  /** Which matrix it is in, which of the matrix's scenarios it is about, and which of the matrix's jobs it is; all from 0. */
  readonly matrix: number;
  readonly scenario: number;
  readonly job: number;
}

/** Throws PMC104 for anything but `2/8`. */
export function shardNamed(text: string): Shard {
  const [, at, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (at !== undefined && of !== undefined && at >= 1 && at <= of) return { at, of };
  throw new PmucheckError("PMC104", `--shard ${text}: write I/N, the first of eight parts is 1/8`);
}

/** Is what stands at this place the part's? Large jobs are spread, because those of a scenario are neighbours. */
export function isIn({ at, of }: Shard, place: number): boolean {
  return place % of === at - 1;
}

/**
 * The jobs that a part has of several fixes: the scenarios are dealt out, fix by fix.
 * Of the driver as it is, those of every scenario that the part has a fix in: what is compared is all there, and how many states
 * a fix may make is known.
 */
export function jobsOfFixes(shard: Shard, fixes: number) {
  const has = (scenario: number, fix: number): boolean => isIn(shard, scenario * fixes + fix);
  const all = Array.from({ length: fixes }, (_, fix) => fix);
  return {
    fixed: ({ scenario, matrix }: JobPlace): boolean => has(scenario, matrix),
    base: ({ scenario }: JobPlace): boolean => all.some((fix) => has(scenario, fix)),
  };
}

/** Throws PMC104 for a part that is to be printed in a form which merge does not read. */
export function refusePrinting(args: {
  readonly format: string | undefined;
  readonly json: boolean;
  readonly output: readonly string[];
  readonly expect?: string | undefined;
}): void {
  const { format, json, output, expect } = args;
  if (format === undefined && !json && output.length === 0 && expect === undefined) return;
  throw new PmucheckError(
    "PMC104",
    "--shard prints a part for pmucheck merge: give --format, --output and --expect to merge",
  );
}
