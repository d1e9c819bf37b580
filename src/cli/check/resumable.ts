/**
 * `pmucheck check SCENARIO`: one check, which can be interrupted and gone on with.
 */
import type { Image } from "../../engine/explore.js";
import { verdictLine, verdictText } from "../../report/text.js";
import { PmucheckError } from "../../spec/errors.js";
import type { CheckDocument, CheckpointDocument } from "../../trace/document.js";
import { checkInTurns } from "../../check/verdict/check.js";
import { writeCheckpoint } from "../../check/checkpoint/file.js";
import { subjectOf, type Target } from "../../check/target.js";
import { explained, optionsOf, progressOf, requestsOf, type CheckArguments } from "./run.js";
import { defaultCheckpoint, hashOf, mustBeWritable, resumed, type Restated } from "./checkpoint.js";
import { exitStatusOf, type ExitStatus } from "../exit-status.js";
import { Interruption } from "./interruption.js";
import { resultIn } from "../arguments/result-formats.js";
import { complain, print } from "../terminal.js";
import { version } from "../version.js";

export interface ResumableArguments extends CheckArguments {
  /** In seconds, and as it was written. */
  readonly time: { readonly seconds: number; readonly text: string } | undefined;
  /** Where to leave a checkpoint, for any bound. */
  readonly checkpoint: string | undefined;
  readonly resume: string | undefined;
  /** The subject without defaults. */
  readonly restated: Restated;
  /** The limits that are not the defaults, as they were written. */
  readonly limits: readonly string[];
}

export async function runResumableCheck(args: ResumableArguments): Promise<ExitStatus> {
  if (args.checkpoint !== undefined) mustBeWritable(args.checkpoint);
  const from = args.resume === undefined ? undefined : await resumed(args.resume, args.restated);
  const [target] = from === undefined ? await requestsOf(args) : [from.target];
  if (target === undefined) throw new Error("a check of no scenario");
  const file = args.checkpoint ?? args.resume ?? defaultCheckpoint(target);
  const { time } = args;
  const request = { ...target, ...optionsOf(args) };
  const { line, onProgress } = await progressOf(args, request);
  const interruption = new Interruption(time?.seconds, time?.text);
  let left: CheckpointDocument | undefined;
  const keep = (image: Image) => {
    const { depth } = image.header.progressed;
    const isFarther = from === undefined || depth > from.checkpoint.image.header.progressed.depth;
    if (!isFarther) complain(`pmucheck: no level was finished since ${args.resume}: give it more`);
    // For other bounds only where it was asked for: whoever sets --max-states wants to know no more than that.
    if (interruption.isDue) left = leave(file, target, image, args, args.limits);
    else if (args.checkpoint !== undefined) left = leave(file, target, image, args, []);
  };
  try {
    const { checkpoint } = from ?? {};
    const verdict = await checkInTurns({
      ...request,
      ...onProgress,
      stop: interruption.reason,
      keep,
      from: checkpoint?.image,
    });
    line.clear();
    interruption.end();
    // Whoever pressed Ctrl-C does not wait for an explanation.
    const isOpen = verdict.verdict === "inconclusive" && !args.quiet && interruption.status === undefined;
    const document = isOpen ? await explained(verdict, request) : verdict;
    show(left === undefined ? document : { ...document, checkpoint: left }, args);
    if (
      args.resume !== undefined &&
      left === undefined &&
      verdict.verdict !== "inconclusive" &&
      !args.quiet
    ) {
      complain(`pmucheck: ${args.resume} is no longer needed, and was left where it is`);
    }
    return interruption.status !== undefined && verdict.verdict === "inconclusive"
      ? interruption.status
      : exitStatusOf(verdict);
  } finally {
    interruption.end();
    from?.checkpoint.close();
  }
}

/**
 * Leaves a checkpoint; says so, or why not, and the check is inconclusive either way.
 * @param limits to go on with: none of those that were hit
 */
function leave(
  file: string,
  target: Target,
  image: Image,
  args: ResumableArguments,
  limits: readonly string[],
): CheckpointDocument | undefined {
  try {
    writeCheckpoint(file, { pmucheck: version, subject: subjectOf(target), hash: hashOf(target) }, image);
  } catch (error) {
    if (!(error instanceof PmucheckError)) throw error;
    complain(`pmucheck: ${error.code}: ${error.message}`);
    return undefined;
  }
  const { progressed, states } = image.header;
  // Another measure would come to another trace.
  const measure = args.shortest === undefined ? [] : [`--shortest ${args.shortest}`];
  const resume = ["pmucheck check --resume", quoted(file), ...limits, ...measure].join(" ");
  if (args.quiet || args.format !== "text") complain(`pmucheck: left a checkpoint; go on with: ${resume}`);
  return { file, states: states.states, depth: progressed.depth, resume };
}

function show(document: CheckDocument, { format, quiet }: ResumableArguments): void {
  if (format !== "text") print(resultIn(format, [document]));
  else print(quiet ? verdictLine(document) : verdictText(document));
}

/** For a shell. */
function quoted(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
