/**
 * Explorer pages for tests, made as the command line makes them.
 */
import type { PageEntry } from "../../../src/explorer/play/page-document.js";
import { entryOf } from "../../../src/explorer/file/entry.js";
import { pageHtml } from "../../../src/explorer/file/html.js";
import { Models } from "../../../src/explorer/own/models.js";
import { resolve, type Asked } from "../models/checks.js";
import { traceOf } from "../models/traces.js";

/** The entry of a violated check. `maxStates`: for each of the explorations. */
export function entryFor(asked: Asked, maxStates = 20_000): PageEntry {
  const trace = traceOf(asked);
  const { hash, rule, steps, loop } = trace;
  const request = { ...resolve(asked), hash, rule, steps, loop };
  return entryOf(trace, request, { maxStates, walks: 1, triesFix: true, models: new Models() });
}

export function pageOf(entries: readonly PageEntry[], isComparison = false): string {
  return pageHtml({ version: "0.0.0", verdicts: [], entries, isComparison });
}
