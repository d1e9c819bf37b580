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
    const reason = error instanceof Error ? error.message : String(error);
    throw new PmucheckError("PMC111", `cannot read ${file}: ${reason}`);
  }
}
