/**
 * Reading trace documents from files, which may be foreign, cut short or edited.
 */
import { z } from "zod";

import { PmucheckError } from "../spec/errors.js";
import { printable, unprintableIn } from "../spec/printable.js";
import { TRACE_FORMAT, type Subject, type TraceDocument, type TraceEvent } from "./document.js";
import { eventSchema, subjectShape, traceSchema } from "./schema.js";

/** The fields of a trace that a replay needs. */
export interface ReplayableTrace extends Subject {
  readonly hash: string;
  readonly rule: string;
  readonly loop: number | null;
  readonly steps: readonly {
    readonly index: number;
    readonly process: string;
    readonly choice: string;
    readonly events?: readonly TraceEvent[] | undefined;
  }[];
}

const replayableSchema = z.object({
  format: z.literal(TRACE_FORMAT),
  ...subjectShape,
  hash: z.string(),
  rule: z.string(),
  loop: z.int().nonnegative().nullable().default(null),
  steps: z.array(
    z.object({
      index: z.int().nonnegative(),
      process: z.string(),
      choice: z.string(),
      events: z.array(eventSchema).optional(),
    }),
  ),
}) satisfies z.ZodType<ReplayableTrace>;

const resultSchema = z.object({
  tool: z.literal("pmucheck"),
  checks: z.array(z.object({ verdict: z.string().optional(), trace: z.unknown().optional() })),
});

const nameSchema = z.object({ format: z.string(), scenario: z.string(), driver: z.string() });

export interface TraceName {
  readonly scenario: string;
  readonly driver: string;
  readonly check: number;
}

const versionSchema = z.object({ format: z.string().regex(/^pmucheck-trace\//) });

/**
 * The trace in the text of a file, as far as a replay needs it. The text is a trace document, or the output of
 * `pmucheck check --json`, of which `check` chooses a check (1 is the first; by default the first with a trace).
 * Throws PMC112 if there is no trace.
 */
export function readTrace(text: string, file: string, check?: number): ReplayableTrace {
  return parse(replayableSchema, traceIn(text, file, check), file);
}

/** The whole trace document in the text of a file. The parameters and errors are those of {@link readTrace}. */
export function readTraceDocument(text: string, file: string, check?: number): TraceDocument {
  return parse(traceSchema, traceIn(text, file, check), file);
}

/** Which traces a file's text has, by the number of their check (1 is the first). Throws PMC112. */
export function tracesIn(text: string, file: string): readonly TraceName[] {
  const json = parseJson(text, file);
  const result = resultSchema.safeParse(json);
  const candidates = result.success ? result.data.checks.map(({ trace }) => trace) : [json];
  return candidates.flatMap((trace, at) => {
    const named = nameSchema.safeParse(trace);
    return named.success ? [{ ...named.data, check: at + 1 }] : [];
  });
}

/** The trace of a check, not yet validated; the whole JSON value if it is no result of `check --json`. */
function traceIn(text: string, file: string, check: number | undefined): unknown {
  const json = parseJson(text, file);
  mustBePrintable(json, file);
  const result = resultSchema.safeParse(json);
  if (!result.success) {
    if (check === undefined || check === 1) return json;
    throw new PmucheckError("PMC112", `${file} is not a list of checks: there is no check ${check} in it`);
  }
  const { checks } = result.data;
  if (check === undefined) {
    const found = checks.find(({ trace }) => trace !== undefined);
    if (found !== undefined) return found.trace;
    const anyViolated = checks.some(({ verdict }) => verdict === "violated");
    const why = anyViolated
      ? "its checks were written without their traces: make it again with --traces"
      : "none of its checks was violated, so there is no trace in it";
    throw new PmucheckError("PMC112", `${file}: ${why}`);
  }
  const chosen = checks[check - 1];
  if (chosen === undefined) {
    throw new PmucheckError("PMC112", `${file} has ${checks.length} checks: there is no check ${check}`);
  }
  if (chosen.trace !== undefined) return chosen.trace;
  const why =
    chosen.verdict === "violated"
      ? "was written without its trace: make it again with --traces"
      : "was not violated, so it has no trace";
  throw new PmucheckError("PMC112", `${file}: check ${check} ${why}`);
}

function parse<T>(schema: z.ZodType<T>, candidate: unknown, file: string): T {
  const trace = schema.safeParse(candidate);
  if (trace.success) return trace.data;
  const version = versionSchema.safeParse(candidate);
  if (version.success && version.data.format !== TRACE_FORMAT) {
    throw new PmucheckError(
      "PMC112",
      `${file} is a ${version.data.format} document, and this pmucheck reads ${TRACE_FORMAT}: ` +
        "use the version of pmucheck that made it",
    );
  }
  const [issue] = trace.error.issues;
  if (issue?.path.join() === "format" || issue?.path.length === 0) {
    throw new PmucheckError(
      "PMC112",
      `${file} is no trace and no result of pmucheck: check --json, minimize --json and replay --json print what is`,
    );
  }
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new PmucheckError(
    "PMC112",
    `${file} is not a ${TRACE_FORMAT} document${where}: ${issue?.message ?? "?"}`,
  );
}

/**
 * Throws PMC112 for text that would make a terminal do something when it is shown: pmucheck writes none, and a foreign file
 * must not.
 */
function mustBePrintable(json: unknown, file: string): void {
  const found = unprintableIn(json);
  if (found === undefined) return;
  throw new PmucheckError("PMC112", `${file} has control characters in its text: "${printable(found)}"`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PmucheckError("PMC112", `${file} is not JSON, or was cut short: ${reason}`);
  }
}
