/**
 * The explorer's page of traces.
 */
import { entryOf, entryOfDocument } from "../../explorer/file/entry.js";
import { pageHtml } from "../../explorer/file/html.js";
import type { PageEntry } from "../../explorer/play/page-document.js";
import { PmucheckError } from "../../spec/errors.js";
import type { TraceDocument } from "../../trace/document.js";
import { requestOfTrace } from "../replay/run.js";
import { version } from "../version.js";

/** The most states for each of the explorations that decide what a page says of a trace. */
const MAX_STATES = 100_000;

/** A trace, and what its document is called where it is not trusted. */
export interface GivenTrace {
  readonly trace: TraceDocument;
  readonly foreign: string | undefined;
}

/** What the models at hand cannot follow is shown as its document says it. */
export async function pageOf(traces: readonly GivenTrace[], trust: boolean): Promise<string> {
  const entries: PageEntry[] = [];
  for (const given of traces) entries.push(await entryOfTrace(given, trust));
  return pageHtml(entries, version);
}

async function entryOfTrace(given: GivenTrace, trust: boolean): Promise<PageEntry> {
  try {
    return entryOf(given.trace, await requestOfTrace(given, { trust, named: [] }), MAX_STATES);
  } catch (error) {
    if (!(error instanceof PmucheckError)) throw error;
    return entryOfDocument(given.trace, error.message);
  }
}
