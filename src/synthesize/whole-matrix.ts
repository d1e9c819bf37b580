/**
 * The whole matrix of a set of edits beside that of the driver: every scenario, both kinds of interrupt, every property,
 * also those of liveness, and with vacuous verdicts told.
 */
import { changeOf } from "../check/matrix/compare.js";
import { cellOf } from "../trace/comparison.js";
import type { CheckDocument, Verdict } from "../trace/document.js";
import type { WholeMatrix } from "../trace/synthesis.js";
import type { BaseCell } from "./requirements.js";

/** The verdicts of a matrix, a cell for each of its jobs, in their order. */
export function cellsOf(checks: readonly CheckDocument[]): readonly BaseCell[] {
  const cells = new Map<string, { states: number; verdicts: Record<string, Verdict> } & BaseCell>();
  for (const check of checks) {
    const { scenario, irq, property } = cellOf(check);
    const key = `${scenario}/${irq}`;
    const cell = cells.get(key) ?? { scenario, irq, states: 0, verdicts: {} };
    cell.states = Math.max(cell.states, check.states);
    cell.verdicts[property] = check.verdict;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

/** What became of every cell. */
export function comparedWith(base: readonly BaseCell[], after: readonly BaseCell[]): WholeMatrix {
  const newlyBroken: string[] = [];
  const open: string[] = [];
  const left = new Map<string, string[]>();
  let [cells, fixed, stillBroken] = [0, 0, 0];
  for (const { scenario, irq, verdicts } of after) {
    const was = base.find((one) => one.scenario === scenario && one.irq === irq)?.verdicts ?? {};
    for (const [property, verdict] of Object.entries(verdicts)) {
      const before = was[property];
      if (before === undefined) continue;
      cells++;
      const name = `${scenario}/${irq} ${property}`;
      const change = changeOf(before, verdict);
      if (change === "fixed") fixed++;
      if (change === "newly broken") newlyBroken.push(name);
      // What said nothing before may say nothing.
      if (change === "inconclusive" || (change === "vacuous" && before !== "vacuous")) open.push(name);
      if (change === "still broken") {
        stillBroken++;
        left.set(property, [...(left.get(property) ?? []), `${scenario}/${irq}`]);
      }
    }
  }
  return { cells, fixed, stillBroken, newlyBroken, open, left: Object.fromEntries(left) };
}
