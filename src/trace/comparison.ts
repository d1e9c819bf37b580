/**
 * Comparisons: what became of each cell of the matrix when a fix went in, as plain data (src/check/matrix/compare.ts makes it).
 */
import type { CheckDocument, Verdict } from "./document.js";

export const CHANGES = [
  "fixed",
  "still broken",
  "newly broken",
  "unchanged",
  "vacuous",
  "inconclusive",
] as const;
export type Change = (typeof CHANGES)[number];

/** Where a cell is in the matrix. */
export interface CellName {
  readonly scenario: string;
  readonly irq: string;
  readonly property: string;
}

export interface Cell extends CellName {
  readonly before: Verdict;
  readonly after: Verdict;
  readonly change: Change;
}

/** A check's place in the matrix. */
export function cellOf({ scenario, config, property }: CheckDocument): CellName {
  return { scenario, irq: String(config["irq"]), property };
}

/** Identifies a cell. */
export function cellKey({ scenario, irq, property }: CellName): string {
  return JSON.stringify([scenario, irq, property]);
}

/** A claimed cell that the fix does not keep and need not keep, and why. */
export interface Excused {
  readonly cell: Cell;
  readonly reason: string;
}

/**
 * `passes`: nothing is newly broken, and every cell of a claimed property holds or is excused. `fails`: a claimed cell is
 * violated, or any is newly broken. `vacuous`: a claimed cell says nothing with the fix. `open`: none of these, but some
 * cell is inconclusive. `error`: a cell's model is faulty with the fix.
 */
export type Outcome = "passes" | "fails" | "vacuous" | "open" | "error";

export interface Judged {
  readonly outcome: Outcome;
  /** Violated cells of claimed properties that nothing excuses. */
  readonly unkept: readonly Cell[];
  readonly excused: readonly Excused[];
}
