/**
 * Where a result goes: to standard output, or into a file.
 */
import { writeFileSync } from "node:fs";

import { reasonOf } from "../../spec/blame.js";
import { PmucheckError } from "../../spec/errors.js";
import { complain, print } from "./terminal.js";

/** Throws PMC155 for a file that cannot be written. */
export function printOrWrite(text: string, file: string | undefined): void {
  if (file === undefined) {
    print(text);
    return;
  }
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw new PmucheckError("PMC155", `${file} cannot be written: ${reasonOf(error)}`);
  }
  complain(`pmucheck: wrote ${file}`);
}
