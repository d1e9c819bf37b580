/**
 * The colour of a verdict.
 */
import type { Verdict } from "../trace/document.js";
import type { Style } from "./screen.js";

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
