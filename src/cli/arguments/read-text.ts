/**
 * Files that a command line names.
 */
import { readFileSync } from "node:fs";

import { PmucheckError } from "../../spec/errors.js";

/** The text of a file, of standard input for `-` (which yargs makes ""). Throws PMC111 if it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file === "-" || file === "" ? 0 : file, "utf8");
  } catch (error) {
    throw new PmucheckError("PMC111", `cannot read ${file}: ${fileFault(error)}`);
  }
}

/** What the system says is wrong with a file, without its name, which the message has already. */
export function fileFault(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^E[A-Z]+: /, "").replace(/, \w+( '.*')?$/, "");
}
