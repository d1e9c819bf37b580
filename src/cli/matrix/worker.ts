/**
 * A process that runs jobs of matrices: its parent sends a task, it answers with the verdicts, or with what was wrong.
 *
 * Processes, not threads: the memory of an exploration is given back whole, and peakRssBytes means something.
 */
import { keepNurserySmall } from "../../engine/api/v8-heap.js";
import type { CheckDocument } from "../../trace/document.js";
import { runJob, type MatrixJob, type MatrixPlan } from "../../check/matrix/matrix.js";
import { matrixPlan, type MatrixChoice } from "./plan.js";

/** A job, and the matrix it belongs to. */
export interface Task {
  readonly choice: MatrixChoice;
  readonly job: MatrixJob;
  readonly maxStates: number;
}

export type Answer = { readonly checks: readonly CheckDocument[] } | { readonly failed: string };

keepNurserySmall();

const plans = new Map<string, Promise<MatrixPlan>>();

process.on("message", (task: Task) => {
  void answer(task).then((of) => process.send?.(of));
});

async function answer({ choice, job, maxStates }: Task): Promise<Answer> {
  try {
    const key = JSON.stringify(choice);
    const plan = plans.get(key) ?? matrixPlan(choice);
    plans.set(key, plan);
    return { checks: runJob({ ...(await plan), maxStates }, job) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
