/**
 * A fix in a file of the user's.
 */
import { z } from "zod";

import type { Fix } from "../../spec/fix.js";
import { exportIn } from "./user-export.js";
import { loadUserFile } from "./user-file.js";

/** A fix, and the text that identifies it: its name, or what its file was compiled to. */
export interface LoadedFix {
  readonly fix: Fix;
  readonly text: string;
  /** The same fix of modules that are loaded once more; absent for a fix of ours. */
  readonly anew?: () => Fix;
}

/**
 * Loads the `fix` that the file exports.
 * Throws PMC111 if it cannot be read, PMC131 if it does not compile, PMC132 without TypeScript, PMC133 if it is no fix.
 */
export async function loadFixFile(file: string): Promise<LoadedFix> {
  const { load, text } = await loadUserFile(file, "PMC133");
  // The schema has looked at every field that pmucheck uses; signatures are looked at where they are applied.
  const anew = (): Fix => exportIn(load, file, wanted) as Fix;
  return { fix: anew(), text, anew };
}

const functions = z.array(
  z.custom((value) => isChange(value), "not made by changing(), override() or kernelFunction()"),
);

const fixSchema = z.object({
  name: z.string(),
  summary: z.string(),
  idea: z.string(),
  proposedBy: z.string(),
  hazards: z.array(z.string()),
  assumes: z.array(z.string()),
  claims: z.array(z.string()),
  changes: functions,
  adds: functions.optional(),
  state: z.array(z.object({ component: z.instanceof(Function), initial: z.object({}) })).optional(),
  settings: z.record(z.string(), z.string()).optional(),
  refuses: z.instanceof(Function).optional(),
});

const wanted = {
  name: "fix",
  example: "{ name: ..., changes: [...] }",
  schema: fixSchema,
  wrong: "PMC133",
} as const;

function isChange(value: unknown): boolean {
  return value !== null && ["object", "function"].includes(typeof value) && "functionName" in Object(value);
}
