/**
 * Comparing: the verdicts of a driver and of the same driver with a fix in it, cell by cell.
 *
 * A cell is a scenario, an interrupt mode and a property. What became of it (`Change`) follows from the two verdicts alone:
 *
 *   before \ after   holds          violated        vacuous   inconclusive   error
 *   holds            unchanged      newly broken    vacuous   inconclusive   newly broken
 *   violated         fixed          still broken    vacuous   inconclusive   newly broken
 *   vacuous          vacuous        newly broken    vacuous   inconclusive   newly broken
 *   inconclusive     inconclusive   inconclusive    vacuous   inconclusive   newly broken
 *   error            inconclusive   inconclusive    vacuous   inconclusive   inconclusive
 *
 * So a fix that keeps the interesting things from happening fixes nothing; a fix whose functions are faulty breaks what it
 * runs in; and a violation counts as new only where it is known that the driver without the fix does not have it.
 * Limits: two violations are the same cell "still broken" even if another rule breaks than before. Where a rule is a
 * property of its own (no-loss, no-duplicate) that cell tells.
 */
import { cellKey, cellOf, type Cell, type CellName, type Change } from "../../trace/comparison.js";
import type { CheckDocument, Verdict } from "../../trace/document.js";

export function changeOf(before: Verdict, after: Verdict): Change {
  switch (after) {
    case "vacuous":
    case "inconclusive":
      return after;
    case "error":
      return before === "error" ? "inconclusive" : "newly broken";
    case "holds":
      if (before === "holds") return "unchanged";
      if (before === "violated") return "fixed";
      return before === "vacuous" ? "vacuous" : "inconclusive";
    case "violated":
      if (before === "violated") return "still broken";
      return before === "holds" || before === "vacuous" ? "newly broken" : "inconclusive";
  }
}

/** What is compared, and what could not be. */
export interface Comparison {
  /** In the order of `after`. */
  readonly cells: readonly Cell[];
  /** Cells of one side that the other side does not have. */
  readonly unmatched: readonly CellName[];
}

/**
 * Compares two lists of verdicts. `baseMode` is the mode in which a cell's driver without the fix is looked up: the same
 * one, unless the fix is to change the mode.
 */
export function compare(
  before: readonly CheckDocument[],
  after: readonly CheckDocument[],
  baseMode: (irq: string) => string = (irq) => irq,
): Comparison {
  const verdicts = new Map(before.map((check) => [cellKey(cellOf(check)), check.verdict]));
  const cells: Cell[] = [];
  const unmatched: CellName[] = [];
  const met = new Set<string>();
  for (const check of after) {
    const name = cellOf(check);
    const key = cellKey({ ...name, irq: baseMode(name.irq) });
    met.add(key);
    const was = verdicts.get(key);
    if (was === undefined) unmatched.push(name);
    else cells.push({ ...name, before: was, after: check.verdict, change: changeOf(was, check.verdict) });
  }
  unmatched.push(...before.map(cellOf).filter((name) => !met.has(cellKey(name))));
  return { cells, unmatched };
}
