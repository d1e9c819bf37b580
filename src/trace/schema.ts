/**
 * The schema of a trace document, which validates files that may be foreign, cut short or edited.
 *
 * docs/internals/trace-format.md describes the same format in words. The schema drops fields that it does not name, so
 * that pmucheck can read traces of a newer pmucheck with the same format version. Of an observation, it validates the
 * fields that renderers use.
 */
import { z } from "zod";

import type { Observation } from "../spec/observation.js";
import { TRACE_FORMAT, type TraceDocument } from "./document.js";

/** The most CPUs that renderers have columns for. */
const MOST_CPUS = 16;

const count = z.int().nonnegative();
const cpu = count.nullable();

/** The fields of a Subject. */
export const subjectShape = {
  scenario: z.string(),
  driver: z.string(),
  fix: z.string().optional(),
  property: z.string(),
  config: z.record(z.string(), z.union([z.number(), z.string()])),
};

const at = z.object({ file: z.string(), line: z.int().nonnegative() }).optional();

/** Which C a trace is about. */
const kernelSchema = z
  .object({
    folder: z.string(),
    version: z.string().nullable(),
    base: z.string(),
    digest: z.string(),
    patches: z.array(z.object({ name: z.string(), digest: z.string() })),
  })
  .optional();

export const eventSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("enter"), function: z.string(), arguments: z.array(z.string()), at }),
  z.object({
    kind: z.literal("leave"),
    function: z.string(),
    value: z.string().nullable(),
    ignored: z.boolean(),
  }),
  z.object({ kind: z.literal("access"), text: z.string(), local: z.boolean(), at }),
  z.object({ kind: z.literal("hardware"), text: z.string() }),
]);

const observationSchema = z.custom<Observation>(isObservation, "not an observation");

const stepSchema = z.object({
  index: z.int().nonnegative(),
  process: z.string(),
  choice: z.string(),
  cpu,
  level: z.enum(["task", "irq", "nmi"]).nullable(),
  events: z.array(eventSchema),
  observations: z.array(observationSchema),
  changes: z.array(
    z.object({ signal: z.string(), cpu, headline: z.boolean(), from: z.string(), to: z.string() }),
  ),
});

export const traceSchema = z
  .object({
    format: z.literal(TRACE_FORMAT),
    ...subjectShape,
    hash: z.string(),
    rule: z.string(),
    cpus: z.int().min(1).max(MOST_CPUS),
    start: z.string(),
    initial: z
      .array(z.object({ signal: z.string(), cpu, headline: z.boolean(), value: z.string() }))
      .default([]),
    steps: z.array(stepSchema),
    cost: z.object({ interrupts: count, switches: count, migrations: count }).optional(),
    loop: z.int().nonnegative().nullable().default(null),
    epilogue: z.string().nullable(),
    files: z.record(z.string(), z.string()).optional(),
    kernel: kernelSchema,
  })
  .superRefine(({ cpus, steps, loop }, context) => {
    if (loop !== null && loop >= steps.length) {
      context.addIssue({ code: "custom", path: ["loop"], message: `there are ${steps.length} steps` });
    }
    const beyond = steps.findIndex((step) => step.cpu !== null && step.cpu >= cpus);
    if (beyond >= 0) {
      context.addIssue({ code: "custom", path: ["steps", beyond, "cpu"], message: `there are ${cpus} CPUs` });
    }
  }) satisfies z.ZodType<TraceDocument>;

function isObservation(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  const of: Readonly<Record<string, unknown>> = { ...value };
  switch (of["kind"]) {
    case "crossing":
      return typeof of["event"] === "string" && typeof of["overtakes"] === "boolean";
    case "report":
      return typeof of["event"] === "string" && typeof of["unmatched"] === "boolean";
    case "switch":
      return (
        typeof of["cpu"] === "number" && typeof of["prev"] === "string" && typeof of["next"] === "string"
      );
    default:
      return typeof of["kind"] === "string";
  }
}
