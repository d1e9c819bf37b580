/**
 * The formats of a list of verdicts, by name: what `--format` of the commands that check takes.
 */
import { junit } from "../../report/formats/junit.js";
import { markdownOfChecks } from "../../report/formats/markdown.js";
import { sarif } from "../../report/formats/sarif.js";
import { PmucheckError } from "../../spec/errors.js";
import type { CheckDocument, ResultDocument } from "../../trace/document.js";
import { sourceOf } from "./model-sources.js";
import { version } from "../version.js";

export const RESULT_FORMATS = ["text", "json", "junit", "sarif", "markdown"] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

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

/** Verdicts as one file, without a final newline. Text is printed check by check instead. */
export function resultIn(format: Exclude<ResultFormat, "text">, checks: readonly CheckDocument[]): string {
  switch (format) {
    case "json": {
      const result: ResultDocument = { tool: "pmucheck", version, checks };
      return JSON.stringify(result, null, 2);
    }
    case "junit":
      return junit(checks, { timestamp: new Date().toISOString().slice(0, 19) });
    case "sarif":
      return sarif(checks, { version, sourceOf });
    case "markdown":
      return markdownOfChecks(checks);
  }
}
