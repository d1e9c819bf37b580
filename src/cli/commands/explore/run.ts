/**
 * `pmucheck explore`: the explorer's page of a scenario or of a trace, as a file or from a server of this machine.
 */
import { statSync } from "node:fs";

import { EXTENSION, isFile } from "../../arguments/is-file.js";
import { scenarioNamed } from "../../arguments/catalogue.js";
import { traceDocument } from "../../arguments/trace-file.js";
import { PmucheckError } from "../../../spec/errors.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { pageOfTraces } from "../../results/page.js";
import { printOrWrite } from "../../terminal/output-file.js";
import { complain, print } from "../../terminal/terminal.js";
import { classRoom, type ClassRoomArguments } from "./class-room.js";
import { endOfTerminal } from "./end-of-terminal.js";
import { serve } from "./server.js";

export interface ExploreArguments extends ClassRoomArguments {
  /** A scenario, or the file of a trace; undefined for the last result. */
  readonly subject: string | undefined;
  /** The file to write; undefined to serve the page. */
  readonly output: string | undefined;
  /** 0 for any that is free. */
  readonly port: number;
  /** For a trace: run the code of files that the document names. */
  readonly trust: boolean;
}

/** Ends when the terminal does, or when it is interrupted: with 0, because nothing was asked. */
export async function runExplore(args: ExploreArguments): Promise<ExitStatus> {
  const { subject, output, port } = args;
  const page = await pageFor(subject, args, output === undefined ? Infinity : undefined);
  if (output !== undefined) {
    printOrWrite(page, output);
    return EXIT.holds;
  }
  const ended = endOfTerminal();
  const server = await serve(page, port);
  print(server.address);
  complain("pmucheck: open this address in a browser of this machine; Ctrl-C ends it");
  await ended;
  await server.close();
  return EXIT.holds;
}

/** `mostBytes`: of the page. */
async function pageFor(
  subject: string | undefined,
  args: ExploreArguments,
  mostBytes: number | undefined,
): Promise<string> {
  if (subject !== undefined && isScenario(subject)) {
    return classRoom(await scenarioNamed(subject), args, mostBytes);
  }
  const options = [args.driver, args.fix, args.property, args.irq, ...args.set];
  if (options.some((given) => given !== undefined)) {
    throw new PmucheckError(
      "PMC104",
      "--driver, --fix, --property, --irq and --set are for a scenario; a trace has its own",
    );
  }
  return pageOfTraces([traceDocument(subject)], args.trust, mostBytes);
}

/** A file goes before a scenario of its name; one of code is a scenario or a model. "" is standard input. */
function isScenario(subject: string): boolean {
  if (EXTENSION.test(subject)) return true;
  const isThere = statSync(subject, { throwIfNoEntry: false })?.isFile() === true;
  return subject !== "" && !isThere && !isFile(subject);
}
