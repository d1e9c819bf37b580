/**
 * A part of a matrix: the jobs that one machine of several runs, and what they came to, as a document that `pmucheck merge`
 * puts together with the others.
 */
import { z } from "zod";

import type { MatrixJob, Refusal } from "../../check/matrix/matrix.js";
import type { Described } from "../../report/matrix.js";
import { PmucheckError } from "../../spec/errors.js";
import { cellOf } from "../../trace/comparison.js";
import type { CheckDocument } from "../../trace/document.js";
import { readText } from "../arguments/read-text.js";
import { version } from "../version.js";

/** Which part of how many; the first is 1. */
export interface Shard {
  readonly at: number;
  readonly of: number;
}

/** A whole matrix, as far as its table needs it. */
export interface Merged {
  readonly scenarios: readonly Described[];
  readonly checks: readonly CheckDocument[];
  readonly refused: readonly Refusal[];
}

export interface Part extends Merged {
  readonly tool: "pmucheck";
  readonly version: string;
  readonly part: Shard;
  /** What was asked, as one text: parts of one matrix have the same. */
  readonly question: string;
  /** All jobs of the matrix, in its order. Of a part's own jobs, every place `n` with n modulo `of` equal to `at` - 1. */
  readonly jobs: readonly MatrixJob[];
}

/** Throws PMC104 for anything but `2/8`. */
export function shardNamed(text: string): Shard {
  const [, at, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (at !== undefined && of !== undefined && at >= 1 && at <= of) return { at, of };
  throw new PmucheckError("PMC104", `--shard ${text}: write I/N, the first of eight parts is 1/8`);
}

/** The jobs of a part. */
export function jobsOf<J>(jobs: readonly J[], { at, of }: Shard): readonly J[] {
  return jobs.filter((_, place) => place % of === at - 1);
}

export function partOf(
  shard: Shard,
  question: unknown,
  matrix: Merged & { readonly jobs: readonly MatrixJob[] },
): Part {
  const { scenarios, jobs, checks, refused } = matrix;
  const asked = JSON.stringify(question);
  return {
    tool: "pmucheck",
    version,
    part: shard,
    question: asked,
    jobs,
    scenarios,
    checks,
    refused,
  };
}

const named = { scenario: z.string(), driver: z.string(), irq: z.string() };

/** What merging looks at; the verdicts are printed as they are. */
const schema = z.object({
  tool: z.literal("pmucheck"),
  version: z.string(),
  part: z.object({ at: z.int().positive(), of: z.int().positive() }),
  question: z.string(),
  jobs: z.array(z.object(named)),
  scenarios: z.array(z.object({ name: z.string(), summary: z.string(), shows: z.string() })),
  checks: z.array(
    z.looseObject({
      scenario: z.string(),
      driver: z.string(),
      config: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  refused: z.array(z.object({ ...named, reason: z.string() })),
});

/** Throws PMC111 for a file that cannot be read, PMC117 for one that is no part. */
export function readPart(file: string): Part {
  try {
    const part: unknown = JSON.parse(readText(file));
    schema.parse(part);
    // As it was written, in its order; what the schema does not look at is as this version of the program writes it.
    return part as Part;
  } catch (error) {
    if (error instanceof PmucheckError) throw error;
    throw new PmucheckError("PMC117", `${file} is no part of a matrix: check --all --shard I/N prints one`);
  }
}

/** The whole that the parts are of. Throws PMC117 unless they are all parts of one, each once. */
export function merged(parts: readonly { readonly file: string; readonly part: Part }[]): Merged {
  const [first] = parts;
  if (first === undefined) throw new PmucheckError("PMC117", "there are no parts: name their files");
  const { of } = first.part.part;
  const byPlace = new Map<number, { readonly file: string; readonly part: Part }>();
  for (const one of parts) {
    mustBelong(one, first);
    const { at } = one.part.part;
    const other = byPlace.get(at);
    if (other !== undefined) {
      throw new PmucheckError("PMC117", `${one.file} and ${other.file} are both part ${at} of ${of}`);
    }
    byPlace.set(at, one);
  }
  const missing = Array.from({ length: of }, (_, place) => place + 1).filter((at) => !byPlace.has(at));
  if (missing.length > 0) {
    throw new PmucheckError(
      "PMC117",
      `of ${of} parts there is no ${missing.join(", ")}: run check --all --shard ${missing[0]}/${of}`,
    );
  }
  const checks = parts.flatMap(({ part }) => part.checks);
  const { jobs, scenarios, refused } = first.part;
  const inOrder = jobs.flatMap((job) => checks.filter((check) => isOf(check, job)));
  if (inOrder.length !== checks.length) {
    throw new PmucheckError(
      "PMC117",
      "the parts have verdicts that belong to none of their jobs: run them again",
    );
  }
  return { scenarios, refused, checks: inOrder };
}

function mustBelong({ file, part }: { file: string; part: Part }, first: { file: string; part: Part }): void {
  if (part.version !== first.part.version) {
    throw new PmucheckError(
      "PMC117",
      `${file} is of version ${part.version}, ${first.file} of ${first.part.version}`,
    );
  }
  if (part.question !== first.part.question || part.part.of !== first.part.part.of) {
    throw new PmucheckError(
      "PMC117",
      `${file} and ${first.file} are not parts of one matrix: they were asked different things`,
    );
  }
}

function isOf(check: CheckDocument, job: MatrixJob): boolean {
  const { scenario, irq } = cellOf(check);
  return scenario === job.scenario && check.driver === job.driver && irq === job.irq;
}
