/**
 * A part of what check --all or verify was asked: the jobs that one machine of several ran, and what they came to, as a
 * document that `pmucheck merge` puts together with the others.
 */
import { z } from "zod";

import type { MatrixJob } from "../../check/matrix/matrix.js";
import type { MadeMatrix, NamedFix } from "../../check/matrix/verify-fix.js";
import type { Described } from "../../report/matrix.js";
import { PmucheckError } from "../../spec/errors.js";
import { printable, unprintableIn } from "../../spec/printable.js";
import { cellOf } from "../../trace/comparison.js";
import type { CheckDocument } from "../../trace/document.js";
import { readText } from "../arguments/read-text.js";
import { version } from "../version.js";
import type { MatrixChoice } from "./plan.js";
import type { Shard } from "./shard.js";

/** What check --all was asked: one matrix, and what its page says of the scenarios. */
export interface CheckQuestion {
  readonly command: "check";
  readonly choice: MatrixChoice;
  readonly scenarios: readonly Described[];
}

/** What verify was asked: matrices of the driver as it is, and then one for each fix. */
export interface VerifyQuestion {
  readonly command: "verify";
  /** Are all shipped fixes ranked? Otherwise the last is judged. */
  readonly all: boolean;
  readonly fixes: readonly NamedFix[];
  /** What the patches of a series are called, one for each fix; empty if it is no series. */
  readonly subjects: readonly string[];
  readonly driver: string;
  /** As it was asked; empty for all. */
  readonly scenario: readonly string[];
  /** Those that --quick leaves out. */
  readonly left: readonly string[];
  readonly irq?: string | undefined;
  readonly property?: string | undefined;
  readonly quick: boolean;
  readonly maxStates: number;
}

export type Question = CheckQuestion | VerifyQuestion;

export interface Part {
  readonly tool: "pmucheck";
  readonly version: string;
  readonly part: Shard;
  /** Parts that belong together have the same. */
  readonly question: Question;
  /** With all jobs of each; the verdicts are those of the part. */
  readonly matrices: readonly MadeMatrix[];
}

export function partOf(part: Shard, question: Question, made: readonly MadeMatrix[]): Part {
  const matrices = made.map(({ jobs, checks, refused }) => ({ jobs, checks, refused }));
  return { tool: "pmucheck", version, part, question, matrices };
}

const named = { scenario: z.string(), driver: z.string(), irq: z.string() };
const texts = z.array(z.string());

const question = z.discriminatedUnion("command", [
  z.object({
    command: z.literal("check"),
    scenarios: z.array(z.object({ name: z.string(), summary: z.string(), shows: z.string() })),
  }),
  z.object({
    command: z.literal("verify"),
    all: z.boolean(),
    fixes: z.array(
      z.object({ named: z.string(), claims: texts, assumes: texts, booted: z.string().optional() }),
    ),
    subjects: texts,
    driver: z.string(),
    scenario: texts,
    left: texts,
    irq: z.string().optional(),
    property: z.string().optional(),
    quick: z.boolean(),
    maxStates: z.number(),
  }),
]);

/** What merging looks at; the verdicts are printed as they are. */
const schema = z.object({
  tool: z.literal("pmucheck"),
  version: z.string(),
  part: z.object({ at: z.int().positive(), of: z.int().positive() }),
  question,
  matrices: z.array(
    z.object({
      jobs: z.array(z.object(named)),
      checks: z.array(
        z.looseObject({
          scenario: z.string(),
          driver: z.string(),
          config: z.record(z.string(), z.union([z.string(), z.number()])),
        }),
      ),
      refused: z.array(z.object({ ...named, reason: z.string() })),
    }),
  ),
});

/** A part, and the file that it is in. */
export interface PartFile {
  readonly file: string;
  readonly part: Part;
}

/** Throws PMC111 for a file that cannot be read, PMC117 for one that is no part. */
export function readPart(file: string): PartFile {
  try {
    const part: unknown = JSON.parse(readText(file));
    schema.parse(part);
    const found = unprintableIn(part);
    if (found !== undefined) {
      throw new PmucheckError("PMC117", `${file} has control characters in its text: "${printable(found)}"`);
    }
    // As it was written, in its order; what the schema does not look at is as this version of the program writes it.
    return { file, part: part as Part };
  } catch (error) {
    if (error instanceof PmucheckError) throw error;
    throw new PmucheckError(
      "PMC117",
      `${file} is no part: check --all and verify print one with --shard I/N`,
    );
  }
}

/** What was asked, and all verdicts. Throws PMC117 unless the files are all parts of one run, each once. */
export function merged(files: readonly PartFile[]): Pick<Part, "question" | "matrices"> {
  const [first] = files;
  if (first === undefined) throw new PmucheckError("PMC117", "there are no parts: name their files");
  const { of } = first.part.part;
  const byPlace = new Map<number, PartFile>();
  for (const one of files) {
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
      `of ${of} parts there is no ${missing.join(", ")}: run the same with --shard ${missing[0]}/${of}`,
    );
  }
  const { question: asked, matrices } = first.part;
  return { question: asked, matrices: matrices.map((_, place) => wholeOf(files, place)) };
}

/** The matrix at this place, in its order. Several parts may have run a job of the driver as it is: then the first file's counts. */
function wholeOf(files: readonly PartFile[], place: number): MadeMatrix {
  const [first, ...others] = files.map(({ part }) => part.matrices[place]);
  if (first === undefined || others.includes(undefined)) throw foreign();
  const parts = [first, ...others.filter((one) => one !== undefined)];
  const { jobs, refused } = first;
  if (!parts.every(({ checks }) => checks.every((check) => jobs.some((job) => isOf(check, job))))) {
    throw foreign();
  }
  const checks = jobs.flatMap((job) => {
    const found = parts.map((part) => part.checks.filter((check) => isOf(check, job)));
    return found.find((those) => those.length > 0) ?? [];
  });
  return { jobs, refused, checks };
}

function foreign(): PmucheckError {
  return new PmucheckError(
    "PMC117",
    "the parts have verdicts that belong to none of their jobs: run them again",
  );
}

function mustBelong({ file, part }: PartFile, first: PartFile): void {
  if (part.version !== first.part.version) {
    throw new PmucheckError(
      "PMC117",
      `${file} is of version ${part.version}, ${first.file} of ${first.part.version}`,
    );
  }
  const isOne = JSON.stringify(part.question) === JSON.stringify(first.part.question);
  if (isOne && part.part.of === first.part.part.of) return;
  throw new PmucheckError(
    "PMC117",
    `${file} and ${first.file} are not parts of one run: they were asked different things`,
  );
}

function isOf(check: CheckDocument, job: MatrixJob): boolean {
  const { scenario, irq } = cellOf(check);
  return scenario === job.scenario && check.driver === job.driver && irq === job.irq;
}
