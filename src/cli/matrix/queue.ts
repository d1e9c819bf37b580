/**
 * What of a matrix is in a queue: a cell that is to be explored, and what it came to.
 *
 * Those that ask and those that answer meet in a queue that is named after the program they are, so that no job is answered
 * by another version. A job has the digest of what it asks as its name: the queue has it once, however many programs ask for it.
 */
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";

import { z } from "zod";

import { programDigest } from "../../check/store/program.js";
import { PmucheckError } from "../../spec/errors.js";
import { unprintableIn } from "../../spec/printable.js";
import { drivers, edits, fixes, properties, scenarios } from "../arguments/catalogue.js";
import type { Answer, Task } from "./job-thread.js";

const schema = z.object({
  scenario: z.string(),
  driver: z.string(),
  /** Empty for a scenario that knows no modes. */
  irq: z.string(),
  fix: z.string().optional(),
  property: z.string().optional(),
  settings: z.record(z.string(), z.string()),
  maxStates: z.int().positive(),
  /** May a worker take it from a store of results? */
  cache: z.boolean(),
});

/** What a worker is asked. Plain data. */
export type QueuedCell = z.infer<typeof schema>;

/** The queue of this program. Throws PMC104 where it runs as modules, which can be changed one by one. */
export function queueName(): string {
  if (programDigest !== undefined) return `pmucheck-${programDigest.slice(0, 16)}`;
  throw new PmucheckError("PMC104", "--queue is for the built program, which knows its version: dist/bin");
}

/** Throws PMC104 for what is not shipped. */
export function cellOfTask({ choice, job, maxStates, store }: Task): QueuedCell {
  const { fix, property, settings } = choice;
  const { scenario, driver, irq } = job;
  const cell = { scenario, driver, irq, fix, property, settings, maxStates, cache: store !== undefined };
  mustBeShipped(cell);
  return cell;
}

/** A task of a cell that somebody has put into the queue. Throws PMC104 for what is not shipped, and what zod throws. */
export function taskOfCell(data: unknown, store: string | undefined): Task {
  const cell = schema.parse(data);
  mustBeShipped(cell);
  const { scenario, driver, irq, fix, property, settings, maxStates, cache } = cell;
  const mode = irq === "" ? undefined : irq;
  const choice = { scenario: [scenario], driver, fix, property, irq: mode, settings, maxStates };
  return { choice, job: { scenario, driver, irq }, maxStates, store: cache ? store : undefined };
}

/** A file is of the machine that it is on, and its code would run where the queue is read. */
function mustBeShipped({ scenario, driver, fix, property }: QueuedCell): void {
  const named = [
    [scenario, scenarios],
    [driver, drivers],
    ...(property === undefined ? [] : [[property, properties] as const]),
    ...(fix?.split("+").map((part) => [part, [...fixes, ...edits]] as const) ?? []),
  ] as const;
  const foreign = named.find(([name, among]) => !among.some((one) => one.name === name));
  if (foreign === undefined) return;
  throw new PmucheckError(
    "PMC104",
    `--queue is for what pmucheck ships, and ${foreign[0]} is not: use --shard for it (docs/use/several-machines.md)`,
  );
}

/** BullMQ wants names that are no numbers. */
export function nameOfCell(cell: QueuedCell): string {
  return `cell-${createHash("sha256").update(JSON.stringify(cell)).digest("hex")}`;
}

/** Traces are long, and much alike. */
export function packed(answer: Answer): string {
  return gzipSync(JSON.stringify(answer)).toString("base64");
}

const answered = z.union([
  z.object({ checks: z.array(z.looseObject({ verdict: z.string() })) }),
  z.object({ failed: z.string(), as: z.enum(["error", "inconclusive", "internal"]), isLast: z.boolean() }),
]);

/** What packed() made. Throws PMC119 for what it did not. */
export function unpacked(text: unknown): Answer {
  try {
    const answer: unknown = JSON.parse(gunzipSync(Buffer.from(String(text), "base64")).toString());
    answered.parse(answer);
    // As it was written; what the schema does not look at is as this version of the program writes it.
    if (unprintableIn(answer) === undefined) return answer as Answer;
  } catch {
    // It is no such text: the same as one that is not printable.
  }
  throw new PmucheckError(
    "PMC119",
    "the queue has an answer that is no worker's: who else writes to this Redis?",
  );
}
