/**
 * The explorer's page of traces, and of the traces of verdicts.
 */
import { entryOf, entryOfDocument } from "../../explorer/file/entry.js";
import { pageHtml, type PageContent } from "../../explorer/file/html.js";
import type { PageEntry } from "../../explorer/play/page-document.js";
import { verdictLine } from "../../report/trace/text.js";
import { PmucheckError } from "../../spec/errors.js";
import type { CheckDocument, TraceDocument } from "../../trace/document.js";
import { requestOfTrace } from "../commands/replay/run.js";
import { version } from "../version.js";

/** The most states for each of the explorations that decide what a page says of its trace, and of several traces. */
const MAX_STATES = { one: 100_000, several: 20_000 };

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
  const maxStates = traces.length > 1 ? MAX_STATES.several : MAX_STATES.one;
  const entries: PageEntry[] = [];
  for (const given of traces) entries.push(await entryOfTrace(given, trust, maxStates));
  return pageHtml({ version, entries, ...content }, mostBytes);
}

/** Verdicts in a line each, and the traces of those that have one. They were made here, so what they name has run already. */
export function pageOfChecks(checks: readonly CheckDocument[]): Promise<string> {
  const traces = checks.flatMap(({ trace }) => (trace === undefined ? [] : [{ trace, foreign: undefined }]));
  return pageOf(traces, { trust: true, verdicts: checks.map(verdictLine), isComparison: false });
}

async function entryOfTrace(given: GivenTrace, trust: boolean, maxStates: number): Promise<PageEntry> {
  try {
    return entryOf(given.trace, await requestOfTrace(given, { trust, named: [] }), maxStates);
  } catch (error) {
    if (!(error instanceof PmucheckError)) throw error;
    return entryOfDocument(given.trace, error.message);
  }
}
