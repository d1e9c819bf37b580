/**
 * Whose word it is that a file of code runs.
 *
 * A fix, a scenario or a property in a file is a program. A user who names it on the command line wants it to run; a trace, a
 * result, a checkpoint or a log that names it may come from somebody else, with the file beside it.
 */
import { resolve } from "node:path";

import { PmucheckError } from "../../spec/errors.js";
import { isFile } from "./is-file.js";
import { isPatchFile } from "./kernel.js";

/** What the command line says about files that a document names. */
export interface Trust {
  /** --trust: run them all. */
  readonly trust: boolean;
  /** What the command line names itself: scenarios, properties, fixes (`a+./b.ts`), as far as anything is. */
  readonly named: readonly (string | undefined)[];
}

/** What a document says is to be checked, as far as it may be files. */
export interface NamesOfCode {
  readonly scenario?: string | undefined;
  readonly fix?: string | undefined;
  readonly property?: string | undefined;
}

/** The option for every command that takes a document. */
export const trustOption = {
  trust: {
    type: "boolean",
    default: false,
    describe: "run the code of files that the document names (docs/use/security.md)",
  },
} as const;

/**
 * Throws PMC116 for a file of code that the document names and the command line does not.
 * @param document as it is called in the message: `result.json`
 */
export function mustBeTrusted(document: string, names: NamesOfCode, { trust, named }: Trust): void {
  if (trust) return;
  const known = new Set(filesIn(named).map((file) => resolve(file)));
  const file = filesIn(partsOf(names)).find((one) => !known.has(resolve(one)));
  if (file === undefined) return;
  throw new PmucheckError(
    "PMC116",
    `${document} names ${file}, whose code would run: read the file, then say it again with --trust`,
  );
}

/** Does the document name files of code at all? */
export function namesCode(names: NamesOfCode): boolean {
  return filesIn(partsOf(names)).length > 0;
}

function partsOf({ scenario, fix, property }: NamesOfCode): readonly (string | undefined)[] {
  return [scenario, fix, property];
}

/** Patches are read and not run. */
function filesIn(named: readonly (string | undefined)[]): string[] {
  return named
    .flatMap((one) => (one ?? "").split("+"))
    .filter((part) => part !== "" && isFile(part) && !isPatchFile(part));
}
