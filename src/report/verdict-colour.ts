/**
 * The line of a verdict on a screen: its colour, and its breaking.
 */
import type { CheckDocument, Verdict } from "../trace/document.js";
import type { Screen, Style } from "./screen.js";
import { verdictLine } from "./trace/text.js";
import { headline } from "./wrap.js";

/** The line that a screen begins with. It is broken to the width; a single line for programs is {@link verdictLine}. */
export function verdictHead(check: CheckDocument, { width, style }: Screen): string {
  const lines = headline(verdictLine(check), width).join("\n");
  return colouredVerdict(lines, check.verdict, style);
}

/** A verdict line with the word that is its verdict in colour. */
export function colouredVerdict(line: string, verdict: Verdict, style: Style): string {
  return line.replace(verdict.toUpperCase(), (word) => style.strong(verdictStyle(verdict, style)(word)));
}

export function verdictStyle(verdict: Verdict, style: Style): (text: string) => string {
  switch (verdict) {
    case "violated":
    case "error":
      return style.bad;
    case "holds":
      return style.good;
    case "inconclusive":
    case "vacuous":
      return style.open;
  }
}
