/**
 * A property in a file of the user's.
 */
import { z } from "zod";

import { PmucheckError } from "../../spec/errors.js";
import type { Property } from "../../spec/property.js";
import { loadUserFile } from "./user-file.js";

/**
 * Loads the `property` that the file exports. Its name is the file's, as the user wrote it.
 * Throws PMC111 if the file cannot be read, PMC131 if it does not compile, PMC132 without TypeScript, PMC138 if it is no property.
 */
export async function loadPropertyFile(file: string): Promise<Property> {
  const { load, text } = await loadUserFile(file, "PMC138");
  const { property } = load();
  if (property === undefined) {
    throw new PmucheckError(
      "PMC138",
      `${file} exports no 'property': write export const property = { name: ..., kind: "always", rules: [...] }`,
    );
  }
  const [issue] = schema.safeParse(property).error?.issues ?? [];
  if (issue !== undefined) {
    const where = ["property", ...issue.path].join(".");
    throw new PmucheckError("PMC138", `${file} is not a property at ${where}: ${issue.message}`);
  }
  // The schema has looked at every field that pmucheck uses; what functions answer is looked at where they are asked.
  return { ...(property as Property), name: file, text };
}

const name = z.string().min(1, "an empty name");
const watcher = z.instanceof(Function, { error: "not a function" });
const sentence = {
  name,
  sentence: z.string(),
  reference: z.string(),
  occasion: z.object({ sentence: z.string(), reachedBy: watcher }).optional(),
  saysNothing: watcher.optional(),
};

const rule = z
  .object({ name, brokenBy: watcher.optional(), brokenIn: watcher.optional() })
  .refine((of) => of.brokenBy !== undefined || of.brokenIn !== undefined, "neither brokenBy nor brokenIn");

const schema = z.discriminatedUnion("kind", [
  z.object({
    ...sentence,
    kind: z.literal("always"),
    rules: z
      .array(rule)
      .min(1, "no rule")
      .refine((of) => new Set(of.map((one) => one.name)).size === of.length, "two rules of one name"),
  }),
  z.object({
    ...sentence,
    kind: z.literal("eventually"),
    waiting: watcher,
    subjects: z.enum(["events", "cpus"]),
    without: watcher.optional(),
    through: watcher.optional(),
  }),
]);
