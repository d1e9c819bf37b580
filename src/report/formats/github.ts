/**
 * Verdicts as GitHub Actions workflow commands: annotations of a pull request, and lines in the log of the job.
 *
 * Source of the format: GitHub Docs, "Workflow commands for GitHub Actions", and the escapes of actions/toolkit
 * (packages/core/src/command.ts). GitHub shows ten errors and ten warnings of a step, so what holds is one notice.
 *
 *   violated, error            error; a notice if it is expected (--expect)
 *   vacuous, inconclusive      warning; likewise
 */
import type { CheckDocument } from "../../trace/document.js";
import { differenceText } from "../expectations.js";
import { isOf, type Difference } from "../../trace/expectation.js";
import { ending, verdictLine } from "../trace/text.js";
import { placeToLook, type SourceOf } from "./place.js";

export interface GithubOptions {
  /** Where a driver's kernel function is, relative to the repository that is annotated; undefined if it is not in it. */
  readonly sourceOf: SourceOf;
  /** What is not as expected; undefined if nothing was expected, and every violation is news. */
  readonly differences: readonly Difference[] | undefined;
}

type Level = "error" | "warning" | "notice";

/** Without a final newline. */
export function github(checks: readonly CheckDocument[], options: GithubOptions): string {
  const { differences } = options;
  const holding = checks.filter(({ verdict }) => verdict === "holds").length;
  // What is found and does not hold has an annotation of its own.
  const gone = (differences ?? []).filter(({ found }) => found === undefined || found.verdict === "holds");
  return [
    ...checks.filter(({ verdict }) => verdict !== "holds").map((check) => annotation(check, options)),
    ...gone.map((one) => command("error", { title: "pmucheck: not as expected" }, differenceText(one))),
    command("notice", { title: "pmucheck" }, `${holding} of ${checks.length} checks hold`),
  ].join("\n");
}

function annotation(check: CheckDocument, options: GithubOptions): string {
  const { scenario, property, verdict, sentence, trace } = check;
  const place = trace === undefined ? undefined : placeToLook(trace, options.sourceOf);
  const message = [
    verdictLine(check),
    ...(place === undefined ? [] : [`Look at step ${place.step}: ${place.text}`]),
    ...(trace === undefined ? [] : [ending(trace)]),
    sentence,
  ].join("\n");
  const source = place?.source;
  return command(
    levelOf(check, options.differences),
    {
      ...(source === undefined ? {} : { file: source.uri, line: source.line }),
      title: `pmucheck: ${property} ${verdict} in ${scenario}`,
    },
    message,
  );
}

function levelOf(check: CheckDocument, differences: readonly Difference[] | undefined): Level {
  if (differences !== undefined) {
    return differences.some(({ found }) => isOf(found, check)) ? "error" : "notice";
  }
  return check.verdict === "violated" || check.verdict === "error" ? "error" : "warning";
}

/** `::error file=F,line=1,title=T::message`, with what these must not hold written as percentages. */
function command(
  level: Level,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const named = Object.entries(properties).map(
    ([name, value]) => `${name}=${escaped(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`,
  );
  return `::${level} ${named.join(",")}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
