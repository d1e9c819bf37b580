/** `pmucheck list --kernel DIR`: what a check takes of a tree, and what it does not. */
import { kernelEntry } from "../../../report/kernel.js";
import { longEntry } from "../../../report/lists.js";
import { PmucheckError } from "../../../spec/errors.js";
import { driverNamed } from "../../arguments/catalogue.js";
import { isPatchFile } from "../../arguments/kernel.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { print, screen } from "../../terminal/terminal.js";
import { version } from "../../version.js";

export interface ListKernelArguments {
  /** The tree, as a driver's name says it. */
  readonly driver: string;
  /** Patches, as a fix's name says them; undefined for none. */
  readonly fix: string | undefined;
  readonly json: boolean;
}

/** Throws PMC104 for a fix that is no patch, and what {@link driverNamed} throws. */
export function runListKernel({ driver: named, fix, json }: ListKernelArguments): ExitStatus {
  const patches = fix?.split("+") ?? [];
  const other = patches.find((part) => !isPatchFile(part));
  if (other !== undefined) {
    throw new PmucheckError(
      "PMC104",
      `'${other}' is no patch: list takes --patch FILE of a tree's C, and no --fix`,
    );
  }
  const { name, summary, source } = driverNamed(named, patches);
  if (source === undefined) throw new Error(`${name} is made of no C`);
  const entry = kernelEntry(summary, source);
  print(
    json ? JSON.stringify({ tool: "pmucheck", version, ...entry.data }, null, 2) : longEntry(entry, screen()),
  );
  return EXIT.holds;
}
