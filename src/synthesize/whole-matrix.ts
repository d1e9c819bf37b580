/**
 * The whole matrix of a set of edits: every scenario, both kinds of interrupt, every property, also those of liveness, and
 * with vacuous verdicts told. A cell that the journal has is not checked again.
 */
import { changeOf } from "../check/matrix/compare.js";
import { matrixJobs, runJob, type MatrixPlan } from "../check/matrix/matrix.js";
import type { Driver } from "../spec/scenario.js";
import type { WholeMatrix } from "../trace/synthesis.js";
import type { Journal, JournalCell } from "./journal.js";

export interface MatrixOfSet {
  /** With the driver as its only one. */
  readonly plan: MatrixPlan;
  readonly driver: Driver;
  /** As a fix; empty for the driver as it is. */
  readonly set: string;
  readonly journal: Journal;
  /** The most states of a cell. */
  readonly limitOf: (scenario: string, irq: string) => number;
  readonly onCell: (cell: string, done: number, of: number) => void;
  /** Is it time to end? */
  readonly isOver: () => boolean;
}

/** The verdicts of every cell; undefined if it was time to end before. */
export function cellsOf(request: MatrixOfSet): readonly JournalCell[] | undefined {
  const { driver, set, journal, limitOf, onCell, isOver } = request;
  const plan = { ...request.plan, drivers: [driver] };
  const { jobs } = matrixJobs(plan);
  const cells: JournalCell[] = [];
  for (const [at, job] of jobs.entries()) {
    const { scenario, irq } = job;
    const known = journal.cellOf(set, scenario, irq);
    if (known === undefined && isOver()) return undefined;
    onCell(`${scenario}/${irq}`, at, jobs.length);
    const cell = known ?? { set, scenario, irq, ...checked(plan, job, limitOf(scenario, irq)) };
    if (known === undefined) journal.addCell(cell);
    cells.push(cell);
  }
  return cells;
}

function checked(plan: MatrixPlan, job: Parameters<typeof runJob>[1], maxStates: number) {
  const checks = runJob({ ...plan, maxStates }, job);
  return {
    states: Math.max(0, ...checks.map(({ states }) => states)),
    verdicts: Object.fromEntries(checks.map(({ property, verdict }) => [property, verdict])),
  };
}

/** What became of every cell. */
export function comparedWith(base: readonly JournalCell[], after: readonly JournalCell[]): WholeMatrix {
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
