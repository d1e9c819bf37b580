/**
 * Edits in a file of the user's.
 */
import { z } from "zod";

import type { Edit } from "../../spec/edit.js";
import { exportIn } from "./user-export.js";
import { loadUserFile } from "./user-file.js";

/** Edits, and the text that identifies them. */
export interface LoadedEdits {
  readonly edits: readonly Edit[];
  readonly text: string;
}

/**
 * Loads the `edits` that the file exports.
 * Throws PMC111 if it cannot be read, PMC131 if it does not compile, PMC132 without TypeScript, PMC133 if they are none.
 */
export async function loadEditFile(file: string): Promise<LoadedEdits> {
  const { load, text } = await loadUserFile(file, "PMC133");
  // The schema has looked at every field that pmucheck uses.
  return { edits: exportIn(load, file, wanted) as readonly Edit[], text };
}

const functions = z.array(
  z.custom(
    (value) =>
      value !== null && ["object", "function"].includes(typeof value) && "functionName" in Object(value),
    "not made by changing() or kernelFunction()",
  ),
);

const wanted = {
  name: "edits",
  example: "[{ name: ..., changes: [...], cost: ... }]",
  schema: z.array(
    z.object({
      name: z.string().min(1),
      summary: z.string(),
      inC: z.string(),
      changes: functions,
      adds: functions.optional(),
      state: z.array(z.object({ component: z.instanceof(Function), initial: z.object({}) })).optional(),
      excludes: z.array(z.string()).optional(),
      needs: z.array(z.array(z.string()).min(1)).optional(),
      cost: z.object({ lines: z.number(), accesses: z.number(), fields: z.number() }),
    }),
  ),
  wrong: "PMC133",
} as const;
