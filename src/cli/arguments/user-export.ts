/**
 * What a file of the user's must export: looked for by name, and looked at field by field.
 */
import type { z } from "zod";

import { blaming } from "../../spec/blame.js";
import { PmucheckError, type ErrorCode } from "../../spec/errors.js";

export interface Wanted {
  /** What is exported, and what it is: `fix`, `scenario`, `property`. */
  readonly name: string;
  /** How to write it: `{ name: ..., changes: [...] }`. */
  readonly example: string;
  /** Looks at every field that pmucheck uses. */
  readonly schema: z.ZodType;
  /** The code for a file that is not what it should be. */
  readonly wrong: ErrorCode;
}

/**
 * The export, of which the schema has looked at every field.
 * @param load gives what the file exports; a field of that may be a getter that throws
 * Throws `wrong`, and what `load` throws.
 */
export function exportIn(
  load: () => Readonly<Record<string, unknown>>,
  file: string,
  { name, example, schema, wrong }: Wanted,
): unknown {
  return blaming(
    wrong,
    () => file,
    () => {
      const { [name]: found } = load();
      if (found === undefined) {
        throw new PmucheckError(
          wrong,
          `${file} exports no '${name}': write export const ${name} = ${example}`,
        );
      }
      const [issue] = schema.safeParse(found).error?.issues ?? [];
      if (issue === undefined) return found;
      const where = [name, ...issue.path].join(".");
      throw new PmucheckError(wrong, `${file} is not a ${name} at ${where}: ${issue.message}`);
    },
  );
}
