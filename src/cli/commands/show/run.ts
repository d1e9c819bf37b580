/**
 * `pmucheck show`: the steps of a trace, or the trace in another format.
 */
import { traceRenderers, type TraceFormat } from "../../../report/formats/catalogue.js";
import { replayBreaking } from "../../../check/replay/violating.js";
import { PLAIN, type Screen } from "../../../report/screen.js";
import { WIDTH, type IsShown } from "../../../report/trace/columns.js";
import { between, decisive, mentioning } from "../../../report/trace/fold.js";
import { shownSteps } from "../../../report/trace/shown.js";
import { PmucheckError } from "../../../spec/errors.js";
import type { TraceDocument, TraceLandmarks } from "../../../trace/document.js";
import { evidenceOf } from "../../../trace/evidence.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { traceDocument } from "../../arguments/trace-file.js";
import type { GivenTrace } from "../../results/page.js";
import { printOrWrite } from "../../terminal/output-file.js";
import { screen } from "../../terminal/terminal.js";

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

async function shownIn(
  format: ShowArguments["format"],
  given: GivenTrace,
  beside: readonly GivenTrace[],
  args: ShowArguments,
): Promise<string> {
  const { trace } = given;
  if (format === undefined) {
    const landmarks = await landmarksOfGiven(given);
    return shownSteps(
      trace,
      shownBy(args, trace, landmarks),
      landmarks,
      args.output === undefined ? screen() : FILE,
    );
  }
  if (format !== "html") return traceRenderers[format](trace);
  const { pageOfTraces } = await import("../../results/page.js");
  return pageOfTraces([given, ...beside], args.trust);
}

/** A file is neither coloured nor laid out for the terminal of the day. */
const FILE: Screen = { width: WIDTH, style: PLAIN };

/** The most states for each of the explorations that find the point of no return: more would keep the reader waiting. */
const LANDMARK_STATES = 20_000;

/**
 * From the models at hand, if they follow the trace and nobody has to be trusted for it; else what the document alone says.
 */
async function landmarksOfGiven(given: GivenTrace): Promise<TraceLandmarks | undefined> {
  const { trace } = given;
  if (trace.rule === "none") return undefined;
  const { landmarksOf } = await import("../../../explain/landmarks.js");
  const { requestOfTrace } = await import("../replay/run.js");
  try {
    const request = await requestOfTrace(given, { trust: false, named: [] });
    return landmarksOf(request, replayBreaking(request), LANDMARK_STATES);
  } catch (error) {
    if (error instanceof PmucheckError) return evidenceOf(trace);
    throw error;
  }
}

function shownBy(
  { full, steps, only }: ShowArguments,
  trace: TraceDocument,
  landmarks: TraceLandmarks | undefined,
): IsShown {
  if (steps !== undefined) return rangeOf(steps, trace.steps.length);
  if (only !== undefined) return mentioning(only.split(",").filter((word) => word !== ""));
  return full ? () => true : decisive(trace, landmarks);
}

/** Throws PMC104 for what is no range, or one that begins after the trace's end. */
function rangeOf(text: string, length: number): IsShown {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (first >= 1 && last >= first && first <= length) return between(first, last);
  throw new PmucheckError("PMC104", `--steps takes a range within 1-${length}, as in 26-40, not '${text}'`);
}
