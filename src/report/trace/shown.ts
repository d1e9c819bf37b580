/**
 * The steps of a trace on a terminal: the verdict first, columns as wide as the terminal, and why steps matter.
 */
import type { TraceDocument, TraceLandmarks } from "../../trace/document.js";
import type { Screen } from "../screen.js";
import type { IsShown } from "./columns.js";
import { traceLine, traceText } from "./text.js";
import { headline } from "../wrap.js";

/** Without a final newline. */
export function shownSteps(
  trace: TraceDocument,
  isShown: IsShown,
  landmarks: TraceLandmarks | undefined,
  { width, style }: Screen,
): string {
  const paint = trace.rule === "none" ? style.strong : style.bad;
  const head = headline(traceLine(trace), width).map(paint);
  return [...head, "", traceText(trace, { isShown, width, landmarks, style })].join("\n");
}
