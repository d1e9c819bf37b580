/**
 * The formats of a list of verdicts, by name: what `--format` and `--output` of the commands that check take.
 */
import { expectedVerdicts } from "../../report/formats/expected.js";
import { github } from "../../report/formats/github.js";
import { junit } from "../../report/formats/junit.js";
import { markdownOfChecks } from "../../report/formats/markdown.js";
import { sarif } from "../../report/formats/sarif.js";
import { verdictText } from "../../report/trace/text.js";
import { PmucheckError } from "../../spec/errors.js";
import type { CheckDocument, ResultDocument } from "../../trace/document.js";
import type { Difference } from "../../trace/expectation.js";
import { sourceInRepository, sourceOf } from "../arguments/model-sources.js";
import { version } from "../version.js";

export const RESULT_FORMATS = [
  "text",
  "json",
  "junit",
  "sarif",
  "markdown",
  "github",
  "expect",
  "html",
] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** What verdicts are printed with. */
export interface Printing {
  /** Are durations, dates and sizes in memory printed? Nothing else differs from one run to the next. */
  readonly timing: boolean;
  /** What is not as expected; undefined if nothing was expected. */
  readonly differences: readonly Difference[] | undefined;
}

/** `--json` is short for `--format json`. Throws PMC104 for both with another format. */
export function resultFormatOf(args: {
  readonly json: boolean;
  readonly format: ResultFormat | undefined;
}): ResultFormat {
  const { json, format } = args;
  if (json && format !== undefined && format !== "json") {
    throw new PmucheckError("PMC104", `--json and --format ${format} ask for two formats: name one`);
  }
  return json ? "json" : (format ?? "text");
}

/** Verdicts as one file, without a final newline. As text, every check in full. */
export async function resultIn(
  format: ResultFormat,
  made: readonly CheckDocument[],
  { timing, differences }: Printing,
): Promise<string> {
  const checks = timing ? made : made.map(withoutTiming);
  switch (format) {
    case "text":
      return checks.map((check) => verdictText(check)).join("\n\n");
    case "json": {
      const result: ResultDocument = { tool: "pmucheck", version, checks };
      return JSON.stringify(result, null, 2);
    }
    case "junit": {
      // Ant's schema wants a date.
      const date = timing ? new Date() : new Date(0);
      return junit(checks, { timestamp: date.toISOString().slice(0, 19), differences });
    }
    case "sarif":
      return sarif(checks, { version, sourceOf, differences });
    case "markdown":
      return markdownOfChecks(checks);
    case "github":
      return github(checks, { sourceOf: sourceInRepository, differences });
    case "expect":
      return expectedVerdicts(checks);
    case "html": {
      const { pageOfChecks } = await import("./page.js");
      return pageOfChecks(checks);
    }
  }
}

/** The fields stay, so that a reader of the format finds them; whether an earlier run had explored it, goes. */
export function withoutTiming(check: CheckDocument): CheckDocument {
  const { stored: _, ...others } = check;
  return { ...others, seconds: 0, peakRssBytes: 0 };
}
