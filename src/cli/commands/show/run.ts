/**
 * `pmucheck show`: the steps of a trace, or the trace in another format.
 */
import { traceRenderers, type TraceFormat } from "../../../report/formats/catalogue.js";
import type { IsShown } from "../../../report/trace/columns.js";
import { between, decisive, mentioning } from "../../../report/trace/fold.js";
import { whereChecked } from "../../../report/subject.js";
import { titleOf, traceText } from "../../../report/trace/text.js";
import { PmucheckError } from "../../../spec/errors.js";
import type { TraceDocument } from "../../../trace/document.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { traceDocument } from "../../arguments/trace-file.js";
import { printOrWrite } from "../../terminal/output-file.js";

export interface ShowArguments {
  /** Each a file or a scenario of the last result; none for the last result. */
  readonly files: readonly string[];
  /** Undefined for the steps as text, folded. */
  readonly format: TraceFormat | "html" | undefined;
  /** Which check of the file, 1 for the first; undefined for the first that has a trace. */
  readonly check: number | undefined;
  readonly full: boolean;
  /** `26-40`, or one step. */
  readonly steps: string | undefined;
  /** `PMOVS,PMUIRQ,A`. */
  readonly only: string | undefined;
  /** The file to write; undefined for standard output. */
  readonly output: string | undefined;
  /** For a page: run the code of files that the document names. */
  readonly trust: boolean;
}

/** Shows what is in the file; whether that breaks anything is for `replay` to say. */
export async function runShow(args: ShowArguments): Promise<ExitStatus> {
  const { files, format, check, output } = args;
  const folding = args.steps ?? args.only ?? (args.full ? "--full" : undefined);
  if (format !== undefined && folding !== undefined) {
    throw new PmucheckError(
      "PMC104",
      `--full, --steps and --only choose steps of the text, not of ${format}`,
    );
  }
  mustBeComparable(args);
  const [file, ...others] = files;
  const given = traceDocument(file, check);
  const beside = others.map((other) => traceDocument(other));
  printOrWrite(await shownIn(format, given, beside, args), output);
  return EXIT.holds;
}

/** Throws PMC104 for several traces that are not to be on a page. */
function mustBeComparable({ files, format, check }: ShowArguments): void {
  if (files.length < 2) return;
  if (format !== "html") {
    throw new PmucheckError("PMC104", "several traces are compared on a page: add --format html -o FILE");
  }
  if (check !== undefined) {
    throw new PmucheckError("PMC104", "--check chooses a check of one file: name one file, or leave it out");
  }
}

type Given = ReturnType<typeof traceDocument>;

async function shownIn(
  format: ShowArguments["format"],
  given: Given,
  beside: readonly Given[],
  args: ShowArguments,
): Promise<string> {
  const { trace } = given;
  if (format === undefined) return stepsText(trace, args);
  if (format !== "html") return traceRenderers[format](trace);
  const { pageOfTraces } = await import("../../results/page.js");
  return pageOfTraces([given, ...beside], args.trust);
}

function stepsText(trace: TraceDocument, args: ShowArguments): string {
  return `pmucheck: ${titleOf(trace)}: ${whereChecked(trace)}\n\n${traceText(trace, shownBy(args, trace))}`;
}

function shownBy({ full, steps, only }: ShowArguments, trace: TraceDocument): IsShown {
  if (steps !== undefined) return rangeOf(steps, trace.steps.length);
  if (only !== undefined) return mentioning(only.split(",").filter((word) => word !== ""));
  return full ? () => true : decisive(trace);
}

/** Throws PMC104 for what is no range, or one that begins after the trace's end. */
function rangeOf(text: string, length: number): IsShown {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (first >= 1 && last >= first && first <= length) return between(first, last);
  throw new PmucheckError("PMC104", `--steps takes a range within 1-${length}, as in 26-40, not '${text}'`);
}
