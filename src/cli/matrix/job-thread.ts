/**
 * The thread of a process of the matrix that runs the jobs: it is sent a task, and answers with the verdicts, or with what
 * was wrong.
 */
import { parentPort } from "node:worker_threads";

import { keepNurserySmall } from "../../engine/api/v8-heap.js";
import type { CheckDocument } from "../../trace/document.js";
import { PmucheckError } from "../../spec/errors.js";
import { watchRuns } from "../../spec/running.js";
import { runJob, type MatrixJob, type MatrixPlan } from "../../check/matrix/matrix.js";
import { Board, threadStart } from "../thread/board.js";
import { stackOf } from "../thread/stack.js";
import { matrixPlan, type MatrixChoice } from "./plan.js";

/** A job, and the matrix it belongs to. */
export interface Task {
  readonly choice: MatrixChoice;
  readonly job: MatrixJob;
  readonly maxStates: number;
}

/** What a job came to, or why it did not. */
export type Answer = { readonly checks: readonly CheckDocument[] } | Failure;

export interface Failure {
  readonly failed: string;
  /** What that makes of the job's verdicts; "internal" if it is pmucheck's fault, and there are none. */
  readonly as: "error" | "inconclusive" | "internal";
  /** The process that answers takes no other job. */
  readonly isLast: boolean;
}

keepNurserySmall();
const start = threadStart();
if (start !== undefined) watchRuns(new Board(start.board).tell);

const plans = new Map<string, Promise<MatrixPlan>>();

parentPort?.on("message", (task: Task) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window: a thread of this program
  void answer(task).then((of) => parentPort?.postMessage(of));
});

async function answer({ choice, job, maxStates }: Task): Promise<Answer> {
  try {
    const key = JSON.stringify(choice);
    const plan = plans.get(key) ?? matrixPlan(choice);
    plans.set(key, plan);
    return { checks: runJob({ ...(await plan), maxStates }, job) };
  } catch (error) {
    if (error instanceof PmucheckError) {
      return { failed: `${error.code}: ${error.message}`, as: "error", isLast: false };
    }
    return { failed: stackOf(error), as: "internal", isLast: false };
  }
}
