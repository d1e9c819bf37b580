/**
 * What a check may be asked, field by field: a program in JavaScript is not type-checked, and one in TypeScript may cast.
 */
import { z } from "zod";

import type { Parameter } from "../../spec/parameter.js";
import { isOutside } from "./parameter-range.js";
import { called, text, withoutTwins } from "./shapes.js";

const parameter = z.custom<Parameter>().superRefine((of, context) => {
  const shape = parameterShape.safeParse(of);
  for (const { path, message } of shape.error?.issues ?? [])
    context.addIssue({ code: "custom", path, message });
  if (shape.success && isOutside(of, of.default)) {
    context.addIssue({ code: "custom", path: ["default"], message: "outside of the parameter's own range" });
  }
});

const range = { minimum: z.int(), maximum: z.int() };

const parameterShape = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("integer"), name: text, default: z.int(), ...range, meaning: z.string() }),
    z.object({
      kind: z.literal("bound"),
      name: text,
      default: z.union([z.int(), z.literal("any")]),
      ...range,
      meaning: z.string(),
    }),
    z.object({
      kind: z.literal("choice"),
      name: text,
      default: z.string(),
      choices: z.array(z.string()).min(1, "no choice"),
      meaning: z.string(),
    }),
  ])
  .superRefine((of, context) => {
    if (of.kind === "choice" || of.minimum <= of.maximum) return;
    context.addIssue({ code: "custom", path: ["minimum"], message: `above the maximum, ${of.maximum}` });
  });

const functions = z
  .instanceof(Map, { error: "not a Map of functions by name" })
  .superRefine((of, context) => {
    for (const [name, value] of of as ReadonlyMap<unknown, unknown>) {
      if (typeof name === "string" && isKernelFunction(value, name)) continue;
      const message = `'${String(name)}' is no kernel function of that name`;
      context.addIssue({ code: "custom", message });
    }
  });

function isKernelFunction(value: unknown, name: string): boolean {
  return (
    typeof value === "function" && "functionName" in value && value.functionName === name && "body" in value
  );
}

const driver = z.object({
  name: text,
  functions,
  deviations: z.array(
    z.object({
      name: text,
      what: z.string(),
      does: z.enum(["less", "more", "same"]),
      touches: called.optional(),
    }),
  ),
  lacks: z.record(z.string(), z.string()),
});

const witness = z.object({ name: text, sentence: z.string(), reachedBy: called });

const scenario = z.object({
  name: text,
  text: z.string().optional(),
  parameters: z.array(parameter).superRefine(withoutTwins),
  build: called,
  witnesses: called,
  properties: z.array(text),
  refuses: called.optional(),
  start: z.string(),
  epilogue: called.optional(),
  own: z
    .object({
      drivers: z.array(driver).superRefine(withoutTwins),
      properties: z.array(z.unknown()),
      witnesses: called,
    })
    .optional(),
});

const rule = z
  .object({ name: text, brokenBy: called.optional(), brokenIn: called.optional() })
  .refine((of) => of.brokenBy !== undefined || of.brokenIn !== undefined, "neither brokenBy nor brokenIn");

const sentence = {
  name: text,
  text: z.string().optional(),
  sentence: z.string(),
  reference: z.string(),
  occasion: z.object({ sentence: z.string(), reachedBy: called }).optional(),
  saysNothing: called.optional(),
};

/** A property of any kind. */
export const propertySchema = z.discriminatedUnion("kind", [
  z.object({
    ...sentence,
    kind: z.literal("always"),
    rules: z.array(rule).min(1, "no rule").superRefine(withoutTwins),
  }),
  z.object({
    ...sentence,
    kind: z.literal("eventually"),
    waiting: called,
    subjects: z.enum(["events", "cpus"]),
    without: called.optional(),
    through: called.optional(),
  }),
]);

/** All of it but the limits, which {@link mustBeUsable} looks at, and the configuration, which is the scenario's. */
export const requestSchema = z.object({
  scenario,
  driver,
  properties: z.array(propertySchema),
  configuration: z.record(z.string(), z.union([z.string(), z.number()])),
  witnesses: z.array(witness).superRefine(withoutTwins),
  engine: z.enum(["js", "wasm"]).optional(),
  shortest: z.enum(["cost", "steps"]).optional(),
  reduction: z.enum(["safe-steps", "symmetry"]).optional(),
  audit: z.enum(["sample", "full", "off"]).optional(),
  onProgress: called.optional(),
  stop: called.optional(),
  keep: called.optional(),
});
