/**
 * The formats a trace can be shown in, by name. docs/use/formats.md says what each is for and what opens it.
 */
import type { TraceDocument } from "../../trace/document.js";
import { replayLine, traceLine, traceText } from "../trace/text.js";
import { chrome } from "./chrome.js";
import { ftrace } from "./ftrace.js";
import { itf } from "./itf.js";
import { litmus } from "./litmus.js";
import { markdownOfTrace } from "./markdown.js";
import { mermaid } from "./mermaid.js";
import { vcd } from "./vcd.js";

export const TRACE_FORMATS = [
  "columns",
  "ftrace",
  "litmus",
  "mermaid",
  "vcd",
  "chrome",
  "itf",
  "markdown",
  "json",
] as const;

export type TraceFormat = (typeof TRACE_FORMATS)[number];

/** From a trace to the text of a file, without a final newline. */
export const traceRenderers: Readonly<Record<TraceFormat, (trace: TraceDocument) => string>> = {
  columns: (trace) => `${traceLine(trace)}\n\n${traceText(trace)}\n${replayLine(trace)}`,
  ftrace,
  litmus,
  mermaid,
  vcd,
  chrome,
  itf,
  markdown: markdownOfTrace,
  json: (trace) => JSON.stringify(trace, null, 2),
};
