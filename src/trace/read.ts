/**
 * Reading a trace document that somebody else may have written, cut short or edited.
 */
import { z } from "zod";

import { PmucheckError } from "../spec/errors.js";
import { TRACE_FORMAT, type Subject } from "./document.js";

/** What a replay needs of a trace; everything else in the file is for readers. */
export interface ReplayableTrace extends Subject {
  readonly hash: string;
  readonly rule: string;
  readonly loop: number | null;
  readonly steps: readonly { readonly index: number; readonly process: string; readonly choice: string }[];
}

const traceSchema = z.object({
  format: z.literal(TRACE_FORMAT),
  scenario: z.string(),
  driver: z.string(),
  fix: z.string().optional(),
  property: z.string(),
  config: z.record(z.string(), z.union([z.number(), z.string()])),
  hash: z.string(),
  rule: z.string(),
  loop: z.int().nonnegative().nullable().default(null),
  steps: z.array(z.object({ index: z.int().nonnegative(), process: z.string(), choice: z.string() })),
});

const resultSchema = z.object({
  tool: z.literal("pmucheck"),
  checks: z.array(z.object({ trace: z.unknown().optional() })),
});

/**
 * The trace in a file's text: a trace document, or the first trace in what `pmucheck check --json` printed.
 * Throws PMC112 if there is none.
 */
export function readTrace(text: string, file: string): ReplayableTrace {
  const json = parseJson(text, file);
  const result = resultSchema.safeParse(json);
  const candidate = result.success
    ? result.data.checks.find(({ trace }) => trace !== undefined)?.trace
    : json;
  if (candidate === undefined) {
    throw new PmucheckError("PMC112", `${file}: none of its checks was violated, so there is no trace in it`);
  }
  const trace = traceSchema.safeParse(candidate);
  if (trace.success) return trace.data;
  const [issue] = trace.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new PmucheckError(
    "PMC112",
    `${file} is not a ${TRACE_FORMAT} document${where}: ${issue?.message ?? "?"}`,
  );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PmucheckError("PMC112", `${file} is not JSON, or was cut short: ${reason}`);
  }
}
