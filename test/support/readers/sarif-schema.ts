/**
 * The part of SARIF 2.1.0 that is used here, as a schema: required fields, types, enumerations and ranges as in the
 * OASIS schema (errata 01), and like it strict about fields it does not know. Written by hand; the output has also been
 * checked against the whole schema, see docs/use/formats.md.
 */
import { z } from "zod";

const bag = z.record(z.string(), z.unknown());
const message = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);

const location = z.strictObject({
  message,
  logicalLocations: z.array(
    z.strictObject({ name: z.string(), fullyQualifiedName: z.string().optional(), kind: z.string() }),
  ),
  physicalLocation: z
    .strictObject({
      artifactLocation: z.strictObject({
        uri: z.string().regex(/^[\w./-]+$/),
        uriBaseId: z.literal("PMUCHECK"),
      }),
      region: z.strictObject({ startLine: z.int().min(1) }),
    })
    .optional(),
});

const threadFlow = z.strictObject({
  id: z.string(),
  message,
  locations: z
    .array(
      z.strictObject({
        executionOrder: z.int().min(-1),
        importance: z.enum(["important", "essential", "unimportant"]),
        location,
        state: z.record(z.string(), message).optional(),
      }),
    )
    .min(1),
});

const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(-1),
  kind: z.enum(["notApplicable", "pass", "fail", "review", "open", "informational"]),
  level,
  baselineState: z.enum(["new", "unchanged", "updated", "absent"]).optional(),
  message,
  locations: z.array(location).optional(),
  codeFlows: z.array(z.strictObject({ message, threadFlows: z.array(threadFlow).min(1) })).optional(),
  partialFingerprints: z.record(z.string(), z.string()),
  properties: bag,
});

const rule = z.strictObject({
  id: z.string(),
  shortDescription: message,
  help: message,
  defaultConfiguration: z.strictObject({ level }),
});

const run = z.strictObject({
  tool: z.strictObject({
    driver: z.strictObject({
      name: z.string(),
      version: z.string(),
      semanticVersion: z.string(),
      rules: z.array(rule),
    }),
  }),
  invocations: z.array(
    z.strictObject({
      executionSuccessful: z.boolean(),
      toolExecutionNotifications: z.array(
        z.strictObject({
          level,
          message,
          associatedRule: z.strictObject({ id: z.string() }),
          properties: bag,
        }),
      ),
    }),
  ),
  originalUriBaseIds: z.record(z.string(), z.strictObject({ description: message })),
  results: z.array(result),
  columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
});

export const sarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(run),
});
