/**
 * Which trace a command is about: one in a file, or one of the last result.
 */
import { existsSync } from "node:fs";

import { PmucheckError } from "../../spec/errors.js";
import { readTrace, readTraceDocument, tracesIn, type ReplayableTrace } from "../../trace/read.js";
import type { TraceDocument } from "../../trace/document.js";
import { scenarios } from "./catalogue.js";
import { readText } from "./read-text.js";
import { lastResult } from "../terminal/last-result.js";
import { complain } from "../terminal/terminal.js";

/** A file by its name, a scenario of the last result, or nothing for the last result's first trace. */
export type Named = string | undefined;

interface Source {
  readonly text: string;
  readonly name: string;
  /** Which check of it, 1 for the first; undefined for the first that has a trace. */
  readonly check: number | undefined;
  /** What the document is called where it is not trusted; undefined if it is this user's own, made here. */
  readonly foreign: string | undefined;
}

/** As far as a replay needs it, and where it is from. Throws PMC111 and PMC112. */
export function replayableTrace(named: Named): { readonly trace: ReplayableTrace } & Pick<Source, "foreign"> {
  const { text, name, check, foreign } = sourceOf(named, undefined);
  return { trace: readTrace(text, name, check), foreign };
}

/** The whole document, and where it is from. Throws PMC111 and PMC112. */
export function traceDocument(
  named: Named,
  check?: number,
): { readonly trace: TraceDocument } & Pick<Source, "foreign"> {
  const source = sourceOf(named, check);
  return { trace: readTraceDocument(source.text, source.name, source.check), foreign: source.foreign };
}

/** `-` is standard input, which yargs makes "". A file goes before a scenario of its name. */
function sourceOf(named: Named, check: number | undefined): Source {
  const isScenario = scenarios.some(({ name }) => name === named);
  if (named !== undefined && (!isScenario || existsSync(named))) {
    const name = named === "" ? "standard input" : named;
    return { text: readText(named), name, check, foreign: name };
  }
  const { text, age, foreign } = lastResult();
  const name = "the last result";
  const traces = tracesIn(text, name);
  const found = named === undefined ? traces[0] : traces.find(({ scenario }) => scenario === named);
  if (named !== undefined && found === undefined) {
    const others = traces.map(({ scenario }) => scenario).join(", ") || "none";
    throw new PmucheckError(
      "PMC111",
      `the last result has no trace of ${named}: run pmucheck check ${named} (it has: ${others})`,
    );
  }
  if (found !== undefined)
    complain(`pmucheck: the last result, made ${age} ago: ${found.scenario}, ${found.driver}`);
  return { text, name, check: check ?? found?.check, foreign };
}
