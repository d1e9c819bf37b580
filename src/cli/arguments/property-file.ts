/**
 * A property in a file of the user's.
 */
import { z } from "zod";

import type { Property } from "../../spec/property.js";
import { exportIn } from "./user-export.js";
import { loadUserFile } from "./user-file.js";

/**
 * Loads the `property` that the file exports. Its name is the file's, as the user wrote it.
 * Throws PMC111 if the file cannot be read, PMC131 if it does not compile, PMC132 without TypeScript, PMC138 if it is no property.
 */
export async function loadPropertyFile(file: string): Promise<Property> {
  const { load, text } = await loadUserFile(file, "PMC138");
  const property = exportIn(load, file, wanted);
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
  remembers: z.object({ component: watcher, initial: z.object({}), after: watcher }).optional(),
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

const wanted = {
  name: "property",
  example: '{ name: ..., kind: "always", rules: [...] }',
  schema,
  wrong: "PMC138",
} as const;
