/**
 * A process that runs jobs of the matrix: its parent sends a job, it answers with the verdicts.
 *
 * Processes, not threads: the memory of an exploration is given back whole, and peakRssBytes means something.
 */
import type { MatrixJob } from "../verify/matrix.js";
import { runJob } from "../verify/matrix.js";
import { matrixPlan, type MatrixChoice } from "./matrix-plan.js";

/** The first message is the choice, the following are jobs. */
export type ToWorker = { readonly choice: MatrixChoice } | { readonly job: MatrixJob };

let plan: ReturnType<typeof matrixPlan> | undefined;

process.on("message", (message: ToWorker) => {
  if ("choice" in message) {
    plan = matrixPlan(message.choice);
  } else {
    if (plan === undefined) throw new Error("a job came before the plan");
    process.send?.(runJob(plan, message.job));
  }
});
