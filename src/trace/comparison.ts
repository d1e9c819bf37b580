/**
 * Comparisons: the verdicts of the matrix without a fix and with it, as plain data. src/check/matrix/compare.ts makes
 * them.
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

/** The place of a cell in the matrix. */
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

/** The cell that a check belongs to. */
export function cellOf({ scenario, config, property }: CheckDocument): CellName {
  return { scenario, irq: String(config["irq"] ?? ""), property };
}

/** A key that identifies a cell. */
export function cellKey({ scenario, irq, property }: CellName): string {
  return JSON.stringify([scenario, irq, property]);
}

/** A violated cell of a claimed property that counts as kept, and why. */
export interface Excused {
  readonly cell: Cell;
  readonly reason: string;
}

/**
 * The judgement of a fix. A claimed cell is one of a property that the fix claims to keep.
 * `passes`: no cell is newly broken, and each claimed cell holds or is excused. `fails`: a claimed cell is violated and
 * not excused, or a cell is newly broken. `vacuous`: a claimed cell is vacuous with the fix. `open`: none of these, and
 * some cell is inconclusive. `error`: with the fix, the model of a cell is faulty.
 */
export type Outcome = "passes" | "fails" | "vacuous" | "open" | "error";

export interface Judged {
  readonly outcome: Outcome;
  /** Violated cells of claimed properties that nothing excuses. */
  readonly unkept: readonly Cell[];
  readonly excused: readonly Excused[];
}
