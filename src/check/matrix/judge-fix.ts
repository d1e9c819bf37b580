/**
 * What a comparison comes to: does the fix keep what it claims, and does it break anything?
 */
import { reasonToExcuse, type Excuse } from "../../spec/excuse.js";
import type { Cell, Judged, Outcome } from "../../trace/comparison.js";

/** Judges the cells of a fix that claims these properties. No cells at all are vacuous. */
export function judgeFix(
  cells: readonly Cell[],
  claims: readonly string[],
  excuses: readonly Excuse[],
): Judged {
  const violated = cells.filter(({ property, after }) => claims.includes(property) && after === "violated");
  const excused = violated.flatMap((cell) => {
    const reason = excuseOf(cell, excuses);
    return reason === undefined ? [] : [{ cell, reason }];
  });
  const unkept = violated.filter((cell) => !excused.some((one) => one.cell === cell));
  return { outcome: outcomeOf(cells, claims, unkept), unkept, excused };
}

function excuseOf({ scenario, property, before }: Cell, excuses: readonly Excuse[]): string | undefined {
  return before === "violated" ? reasonToExcuse(excuses, scenario, property) : undefined;
}

function outcomeOf(cells: readonly Cell[], claims: readonly string[], unkept: readonly Cell[]): Outcome {
  if (cells.some(({ after }) => after === "error")) return "error";
  if (unkept.length > 0 || cells.some(({ change }) => change === "newly broken")) return "fails";
  // A property that the fix does not claim may be vacuous, unless it was decided before.
  const saysNothing = ({ change, property, before }: Cell) =>
    change === "vacuous" && (claims.includes(property) || before !== "vacuous");
  if (cells.length === 0 || cells.some(saysNothing)) return "vacuous";
  return cells.some(({ change }) => change === "inconclusive") ? "open" : "passes";
}
