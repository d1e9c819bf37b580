/**
 * Processes that share the jobs of one or several matrices.
 */
import { availableParallelism } from "node:os";

import type { CheckDocument } from "../../trace/document.js";
import {
  bySize,
  matrixJobs,
  type MatrixJob,
  type MatrixPlan,
  type Refusal,
  undecided,
} from "../../check/matrix/matrix.js";
import { matrixPlan, type MatrixChoice } from "./plan.js";
import { JobProcess } from "./job-process.js";
import type { Task } from "./job-thread.js";
import { jobsOf, type Shard } from "./part.js";
import { storeIn } from "./store.js";

/** A matrix that was run. */
export interface RunMatrix {
  /** All jobs, in the order of the matrix; not only those of the part that was run. */
  readonly jobs: readonly MatrixJob[];
  /** Internal errors, whose jobs have no verdict; the others have theirs all the same. */
  readonly internal: readonly string[];
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
  /** Only this part of each matrix; undefined for all of it. */
  readonly shard?: Shard | undefined;
  /** The folder of results; undefined if none are taken or kept. */
  readonly store?: string | undefined;
  /** Is it time to end? No job is begun then, and those that were not begun have no verdicts. */
  readonly isOver?: () => boolean;
  /** What is kept of a job's verdicts. */
  readonly keep?: (checks: readonly CheckDocument[]) => readonly CheckDocument[];
}

/** Runs a matrix for each choice; a plan that cannot be made throws before anything is run. */
export async function runMatrices(
  choices: readonly MatrixChoice[],
  {
    jobs: count,
    onDone,
    limitOf,
    store,
    shard,
    isOver = () => false,
    keep = (checks) => checks,
  }: PoolOptions,
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
    bySize(plan, shard === undefined ? jobs : jobsOf(jobs, shard)).map((job) => ({
      choice,
      job,
      maxStates: limitOf?.(job) ?? choice.maxStates,
      store,
    })),
  );
  const total = queue.length;
  const done = new Map<MatrixJob, readonly CheckDocument[]>();
  const internal: string[] = [];
  const planOf = ({ choice }: Task): MatrixPlan => {
    const matrix = matrices.find((one) => one.choice === choice);
    if (matrix === undefined) throw new Error("a task of no matrix");
    return matrix.plan;
  };
  const settle = async (process: JobProcess, task: Task): Promise<void> => {
    const answer = await process.answer(task);
    if ("checks" in answer) done.set(task.job, keep(answer.checks));
    else if (answer.as === "internal") internal.push(`${nameOf(task)}: ${answer.failed}`);
    else done.set(task.job, undecided(planOf(task), task.job, answer.as, answer.failed));
    onDone?.(task, done.size + internal.length, total);
  };
  await Promise.all(
    Array.from({ length: Math.min(count ?? availableParallelism(), total) }, async () => {
      const worker = new JobProcess();
      try {
        for (let task = queue.shift(); task !== undefined && !isOver(); task = queue.shift()) {
          await settle(worker, task);
        }
      } finally {
        worker.end();
      }
    }),
  );
  storeIn(store)?.trim();
  return matrices.map(({ plan, jobs, refused }) => ({
    plan,
    jobs,
    refused,
    internal,
    checks: jobs.flatMap((job) => done.get(job) ?? []),
  }));
}

/** For `keep`: traces of many matrices are more than memory holds. */
export function withoutTraces(checks: readonly CheckDocument[]): readonly CheckDocument[] {
  return checks.map(({ trace, ...check }) => (trace === undefined ? check : { ...check }));
}

function nameOf({ job: { scenario, driver, irq } }: Task): string {
  return `${scenario}, ${driver}, ${irq}`;
}
