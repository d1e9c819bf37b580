/**
 * `pmucheck show`: a trace in a file, in another format.
 */
import { traceRenderers, type TraceFormat } from "../../report/formats/catalogue.js";
import { readTraceDocument } from "../../trace/read.js";
import { EXIT, type ExitStatus } from "../exit-status.js";
import { readText } from "../arguments/read-text.js";
import { print } from "../terminal.js";

export interface ShowArguments {
  readonly file: string;
  readonly format: TraceFormat;
  /** Which check of the file, 1 for the first; undefined for the first that has a trace. */
  readonly check: number | undefined;
}

/** Shows what is in the file; whether that breaks anything is for `replay` to say. */
export function runShow({ file, format, check }: ShowArguments): ExitStatus {
  const trace = readTraceDocument(readText(file), file, check);
  print(traceRenderers[format](trace));
  return EXIT.holds;
}
