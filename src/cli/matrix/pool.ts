/**
 * The jobs of one or several matrices: which there are, and what became of them, wherever they are answered.
 */
import { bySize, matrixJobs, type MatrixJob, undecided } from "../../check/matrix/matrix.js";
import type { MadeMatrix } from "../../check/matrix/verify-fix.js";
import type { CheckDocument } from "../../trace/document.js";
import { matrixPlan, type MatrixChoice, type NamedPlan } from "./plan.js";
import type { Task } from "./job-thread.js";
import type { AnswerTasks } from "./processes.js";
import type { JobPlace } from "./shard.js";
import { storeIn } from "./store.js";

/** A matrix that was run; its checks are in the order of the matrix, in whatever order they were made. */
export interface RunMatrix extends MadeMatrix {
  /** Internal errors, whose jobs have no verdict; the others have theirs all the same. */
  readonly internal: readonly string[];
  /** How many jobs of all matrices were not answered, because it was time to end. */
  readonly left: number;
  readonly plan: NamedPlan;
}

export interface PoolOptions {
  readonly answer: AnswerTasks;
  readonly onDone?: (job: Task, done: number, of: number) => void;
  /** The most states of a job, if not those of its matrix. */
  readonly limitOf?: (job: MatrixJob) => number;
  /** Which jobs are run; undefined for all. */
  readonly takes?: ((place: JobPlace) => boolean) | undefined;
  /** The folder of results; undefined if none are taken or kept. */
  readonly store?: string | undefined;
  /** What is kept of a job's verdicts. */
  readonly keep?: (checks: readonly CheckDocument[]) => readonly CheckDocument[];
}

/** A matrix that is to be run. */
type PlannedMatrix = Omit<RunMatrix, "checks" | "internal" | "left"> & { readonly choice: MatrixChoice };

/** Runs a matrix for each choice; a plan that cannot be made throws before anything is run. */
export async function runMatrices(
  choices: readonly MatrixChoice[],
  options: PoolOptions,
): Promise<readonly RunMatrix[]> {
  const { answer: answerAll, onDone, store, keep = (checks) => checks } = options;
  const matrices: PlannedMatrix[] = [];
  for (const choice of choices) {
    const plan = await matrixPlan(choice);
    matrices.push({ choice, plan, ...matrixJobs(plan) });
  }
  const tasks = matrices.flatMap((matrix, at) => tasksOf(matrix, at, options));
  const done = new Map<MatrixJob, readonly CheckDocument[]>();
  const internal: string[] = [];
  const planOf = ({ choice }: Task): NamedPlan => {
    const matrix = matrices.find((one) => one.choice === choice);
    if (matrix === undefined) throw new Error("a task of no matrix");
    return matrix.plan;
  };
  await answerAll(tasks, (task, answer) => {
    if ("checks" in answer) done.set(task.job, keep(answer.checks));
    else if (answer.as === "internal") internal.push(`${nameOf(task)}: ${answer.failed}`);
    else done.set(task.job, undecided(planOf(task), task.job, answer.as, answer.failed));
    onDone?.(task, done.size + internal.length, tasks.length);
  });
  storeIn(store)?.trim();
  return matrices.map(({ plan, jobs, refused }) => ({
    plan,
    jobs,
    refused,
    internal,
    left: tasks.length - done.size - internal.length,
    checks: jobs.flatMap((job) => done.get(job) ?? []),
  }));
}

function tasksOf(
  { choice, plan, jobs }: PlannedMatrix,
  matrix: number,
  { takes, limitOf, store }: PoolOptions,
): readonly Task[] {
  const scenarios = new Map(plan.scenarios.map(({ name }, at) => [name, at] as const));
  const taken = jobs.filter(
    (of, job) => takes?.({ matrix, scenario: scenarios.get(of.scenario) ?? 0, job }) !== false,
  );
  return bySize(plan, taken).map((job) => ({
    choice,
    job,
    maxStates: limitOf?.(job) ?? choice.maxStates,
    store,
  }));
}

/** For `keep`: traces of many matrices are more than memory holds. */
export function withoutTraces(checks: readonly CheckDocument[]): readonly CheckDocument[] {
  return checks.map(({ trace, ...check }) => (trace === undefined ? check : { ...check }));
}

export function nameOf({ choice: { fix }, job: { scenario, driver, irq } }: Task): string {
  return [scenario, fix === undefined ? driver : `${driver} + ${fix}`, irq].filter(Boolean).join(", ");
}
