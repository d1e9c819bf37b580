/**
 * The explorer's page of traces, and of the traces of verdicts.
 */
import type { ReplayRequest } from "../../check/replay/replay.js";
import { entryOf, entryOfDocument, type EntryOptions } from "../../explorer/file/entry.js";
import { pageHtml, type PageContent } from "../../explorer/file/html.js";
import type { PageEntry } from "../../explorer/play/page-document.js";
import { verdictLine } from "../../report/trace/text.js";
import { PmucheckError } from "../../spec/errors.js";
import type { CheckDocument, TraceDocument } from "../../trace/document.js";
import { requestOfTrace } from "../commands/replay/run.js";
import { version } from "../version.js";
import { ownCodeOf } from "./own-code.js";

/** What is worth the time to say of a trace, and of each of several. */
const EFFORT = {
  one: { maxStates: 100_000, walks: 4, triesFix: true },
  several: { maxStates: 20_000, walks: 0, triesFix: false },
};

/** A trace, and what its document is called where it is not trusted. */
export interface GivenTrace {
  readonly trace: TraceDocument;
  readonly foreign: string | undefined;
}

/** Traces on one page, two of them side by side. */
export function pageOfTraces(
  traces: readonly GivenTrace[],
  trust: boolean,
  mostBytes?: number,
): Promise<string> {
  return pageOf(traces, { trust, verdicts: [], isComparison: traces.length > 1, mostBytes });
}

interface PageOptions extends Pick<PageContent, "verdicts" | "isComparison"> {
  readonly trust: boolean;
  /** Of the page; what a file may have if not said. */
  readonly mostBytes?: number | undefined;
}

/** What the models at hand cannot follow is shown as its document says it. */
async function pageOf(
  traces: readonly GivenTrace[],
  { trust, mostBytes, ...content }: PageOptions,
): Promise<string> {
  const requests: (ReplayRequest | string)[] = [];
  for (const given of traces) requests.push(await requestOrWhyNot(given, trust));
  const { script, models } = await ownCodeOf(requests.filter((request) => typeof request !== "string"));
  const options = { ...(traces.length > 1 ? EFFORT.several : EFFORT.one), models };
  const entries = traces.map(({ trace }, i) => entryOfTrace(trace, requests[i] ?? "", options));
  return pageHtml({ version, entries, ...content }, { script, mostBytes });
}

/** Verdicts in a line each, and the traces of those that have one. They were made here, so what they name has run already. */
export function pageOfChecks(checks: readonly CheckDocument[]): Promise<string> {
  const traces = checks.flatMap(({ trace }) => (trace === undefined ? [] : [{ trace, foreign: undefined }]));
  return pageOf(traces, { trust: true, verdicts: checks.map(verdictLine), isComparison: false });
}

async function requestOrWhyNot(given: GivenTrace, trust: boolean): Promise<ReplayRequest | string> {
  try {
    return await requestOfTrace(given, { trust, named: [] });
  } catch (error) {
    return messageOf(error);
  }
}

function entryOfTrace(
  trace: TraceDocument,
  request: ReplayRequest | string,
  options: EntryOptions,
): PageEntry {
  if (typeof request === "string") return entryOfDocument(trace, request);
  try {
    return entryOf(trace, request, options);
  } catch (error) {
    return entryOfDocument(trace, messageOf(error));
  }
}

/** Throws what has no code. */
function messageOf(error: unknown): string {
  if (error instanceof PmucheckError) return error.message;
  throw error;
}
