/** `pmucheck man`: a manual page, in the language of man(1). */
import { PmucheckError } from "../../../spec/errors.js";
import { nearest } from "../../../spec/nearest.js";
import { print } from "../../terminal/terminal.js";
import type { Program } from "../program.js";
import { manualPages } from "./page.js";

/** Throws PMC104 for a command that there is not. */
export function runManual(command: string | undefined, program: Program): void {
  const page = manualPages(program).get(command === undefined ? "pmucheck.1" : `pmucheck-${command}.1`);
  if (page === undefined) {
    const known = program.commands.map(({ name }) => name);
    throw new PmucheckError("PMC104", `there is no command '${command}'${nearest(command ?? "", known)}`);
  }
  print(page);
}
