/**
 * A fix in a file of the user's.
 */
import { z } from "zod";

import { blaming } from "../../spec/blame.js";
import { PmucheckError } from "../../spec/errors.js";
import type { Fix } from "../../spec/fix.js";
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
  // A field may be a getter that throws.
  const anew = (): Fix =>
    blaming(
      "PMC133",
      () => file,
      () => fixIn(load(), file),
    );
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

function isChange(value: unknown): boolean {
  return value !== null && ["object", "function"].includes(typeof value) && "functionName" in Object(value);
}

function fixIn({ fix }: Readonly<Record<string, unknown>>, file: string): Fix {
  if (fix === undefined) {
    throw new PmucheckError(
      "PMC133",
      `${file} exports no 'fix': write export const fix = { name: ..., changes: [...] }`,
    );
  }
  const { error } = fixSchema.safeParse(fix);
  const [issue] = error?.issues ?? [];
  if (issue !== undefined) {
    const where = ["fix", ...issue.path].join(".");
    throw new PmucheckError("PMC133", `${file} is not a fix at ${where}: ${issue.message}`);
  }
  // The schema has looked at every field that pmucheck uses; signatures are looked at where they are applied.
  return fix as Fix;
}
