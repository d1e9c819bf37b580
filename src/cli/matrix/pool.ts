/**
 * Processes that share the jobs of one or several matrices.
 */
import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

import type { CheckDocument } from "../../trace/document.js";
import {
  bySize,
  matrixJobs,
  type MatrixJob,
  type MatrixPlan,
  type Refusal,
} from "../../check/matrix/matrix.js";
import { matrixPlan, type MatrixChoice } from "./plan.js";
import type { Answer, Task } from "./worker.js";

/** A matrix that was run. */
export interface RunMatrix {
  readonly plan: MatrixPlan;
  /** In the order of the matrix, however many processes made them. */
  readonly checks: readonly CheckDocument[];
  readonly refused: readonly Refusal[];
}

export interface PoolOptions {
  /** Processes; undefined for as many as there are cores. */
  readonly jobs: number | undefined;
  readonly onDone?: (job: Task, done: number, of: number) => void;
  /** The most states of a job, if not those of its matrix. */
  readonly limitOf?: (job: MatrixJob) => number;
  /** What is kept of a job's verdicts: traces of many matrices are more than memory holds. */
  readonly keep?: (checks: readonly CheckDocument[]) => readonly CheckDocument[];
}

/** Runs a matrix for each choice; a plan that cannot be made throws before anything is run. */
export async function runMatrices(
  choices: readonly MatrixChoice[],
  { jobs: count, onDone, limitOf, keep = (checks) => checks }: PoolOptions,
): Promise<readonly RunMatrix[]> {
  const matrices: {
    choice: MatrixChoice;
    plan: MatrixPlan;
    jobs: readonly MatrixJob[];
    refused: readonly Refusal[];
  }[] = [];
  for (const choice of choices) {
    const plan = await matrixPlan(choice);
    matrices.push({ choice, plan, ...matrixJobs(plan) });
  }
  const queue: Task[] = matrices.flatMap(({ choice, plan, jobs }) =>
    bySize(plan, jobs).map((job) => ({ choice, job, maxStates: limitOf?.(job) ?? choice.maxStates })),
  );
  const total = queue.length;
  const done = new Map<MatrixJob, readonly CheckDocument[]>();
  await Promise.all(
    Array.from({ length: Math.min(count ?? availableParallelism(), total) }, async () => {
      const worker = fork(fileURLToPath(new URL("worker.js", import.meta.url)), {
        serialization: "advanced",
      });
      try {
        for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
          done.set(task.job, keep(await answer(worker, task)));
          onDone?.(task, done.size, total);
        }
      } finally {
        worker.disconnect();
      }
    }),
  );
  return matrices.map(({ plan, jobs, refused }) => ({
    plan,
    refused,
    checks: jobs.flatMap((job) => done.get(job) ?? []),
  }));
}

/** Sends a task and waits for its verdicts; a worker that dies is an error, never a missing row. */
function answer(worker: ChildProcess, task: Task): Promise<readonly CheckDocument[]> {
  const { scenario, driver, irq } = task.job;
  return new Promise((resolve, reject) => {
    const died = (code: number | null, signal: string | null) =>
      reject(new Error(`the process for ${scenario}, ${driver}, ${irq} ended: ${code ?? signal}`));
    worker.once("exit", died);
    worker.once("message", (of: Answer) => {
      worker.off("exit", died);
      if ("checks" in of) resolve(of.checks);
      else reject(new Error(`${scenario}, ${driver}, ${irq}: ${of.failed}`));
    });
    worker.send(task);
  });
}
