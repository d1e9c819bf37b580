/**
 * Edits in a file of the user's.
 */
import { z } from "zod";

import { editsNamed, fixOfEdit, type Edit } from "../../spec/edit.js";
import type { Fix } from "../../spec/fix.js";
import { editOfFile } from "../../trace/edit-name.js";
import type { LoadedFix } from "./fix-file.js";
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
  return { edits: editsIn(load, file), text };
}

/** The name by which --fix finds an edit of the file. */
export function editInFile(file: string, { name }: Edit): string {
  return `${file}:${name}`;
}

/** The edit as a fix. Throws what loadEditFile does, and PMC130 for an edit that the file does not have. */
export async function loadEdit(named: string): Promise<LoadedFix> {
  const { file = "", name = "" } = editOfFile(named) ?? {};
  const { load, text } = await loadUserFile(file, "PMC133");
  const anew = (): Fix => {
    const [edit] = editsNamed(editsIn(load, file), [name]);
    if (edit === undefined) throw new Error(`no edit of the name ${name}`);
    return fixOfEdit(edit);
  };
  return { fix: anew(), text: `${text}\n${name}`, anew };
}

function editsIn(load: () => Readonly<Record<string, unknown>>, file: string): readonly Edit[] {
  // The schema has looked at every field that pmucheck uses.
  return exportIn(load, file, wanted) as readonly Edit[];
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
