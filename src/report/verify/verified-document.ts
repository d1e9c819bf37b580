/**
 * What verifying a fix came to, as a document.
 */
import { cellOf, type Cell, type CellName } from "../../trace/comparison.js";
import { togetherOf } from "../kernel.js";
import { storiesWith, type VerifiedFix } from "./verified.js";

/** What `verify --json` prints. */
export function verifiedDocument(verified: VerifiedFix) {
  const { fix, driver, cells } = verified;
  const traces = (["newly broken", "still broken"] as const).flatMap((change) =>
    storiesWith(verified, change).map(({ cause, checks, trace }) => ({
      change,
      cause,
      cells: checks.map(cellOf),
      trace,
    })),
  );
  const kernel = togetherOf(verified.checks);
  return {
    fix,
    driver,
    ...(kernel === undefined ? {} : { kernel }),
    cells,
    ...closedAndBroken(cells),
    traces,
  };
}

/** The cells that a fix closes, and those that it newly breaks. */
export function closedAndBroken(cells: readonly Cell[]) {
  return {
    closes: cells.filter(({ change }) => change === "fixed").map(nameOf),
    breaks: cells.filter(({ change }) => change === "newly broken").map(nameOf),
  };
}

function nameOf({ scenario, irq, property }: Cell): CellName {
  return { scenario, irq, property };
}
