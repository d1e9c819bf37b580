/**
 * The thread of a process of the matrix that runs the jobs: it is sent a task, and answers with the verdicts, or with what
 * was wrong.
 */
import { parentPort } from "node:worker_threads";

import { keepNurserySmall } from "../../engine/api/v8-heap.js";
import type { CheckDocument } from "../../trace/document.js";
import { PmucheckError } from "../../spec/errors.js";
import { watchRuns } from "../../spec/running.js";
import { machineOf } from "../../check/machine.js";
import { requestOf, type MatrixJob } from "../../check/matrix/matrix.js";
import { checkAll } from "../../check/verdict/check.js";
import { Board, threadStart } from "../thread/board.js";
import { stackOf } from "../thread/stack.js";
import { baseOf, matrixPlan, type MatrixChoice, type NamedPlan } from "./plan.js";
import { storeIn } from "./store.js";

/** A job, and the matrix it belongs to. */
export interface Task {
  readonly choice: MatrixChoice;
  readonly job: MatrixJob;
  readonly maxStates: number;
  /** The folder of results; undefined if none are kept. */
  readonly store: string | undefined;
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

const plans = new Map<string, Promise<NamedPlan>>();

parentPort?.on("message", (task: Task) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window: a thread of this program
  void answer(task).then((of) => parentPort?.postMessage(of));
});

async function answer({ choice, job, maxStates, store }: Task): Promise<Answer> {
  try {
    const key = JSON.stringify(choice);
    const plan = plans.get(key) ?? matrixPlan(choice);
    plans.set(key, plan);
    const made = { ...(await plan), maxStates };
    const request = requestOf(made, job);
    const [results, base] = [storeIn(store), baseOf(made, job)];
    const known = results?.find(request, base);
    if (known !== undefined) return { checks: known };
    const checks = checkAll(request);
    results?.keep(request, base, checks, () => machineOf(request));
    return { checks };
  } catch (error) {
    if (error instanceof PmucheckError) {
      return { failed: `${error.code}: ${error.message}`, as: "error", isLast: false };
    }
    return { failed: stackOf(error), as: "internal", isLast: false };
  }
}
