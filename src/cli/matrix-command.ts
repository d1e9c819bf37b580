/**
 * `pmucheck check --all`: the whole matrix, on all cores.
 */
import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

import { matrixText, scenariosMarkdown } from "../report/matrix.js";
import { replayLine } from "../report/text.js";
import type { CheckDocument } from "../trace/document.js";
import { bySize, matrixJobs, type MatrixJob, type Refusal } from "../verify/matrix.js";
import { EXIT, exitStatusOf, worstOf, type ExitStatus } from "./exit-status.js";
import { matrixPlan, type MatrixChoice } from "./matrix-plan.js";
import { resultIn, type ResultFormat } from "./result-formats.js";
import { complain, print } from "./terminal.js";
import { version } from "./version.js";

export interface MatrixArguments extends MatrixChoice {
  readonly format: ResultFormat;
  readonly traces: boolean;
  readonly progress: boolean;
  readonly jobs: number | undefined;
}

export async function runMatrix(args: MatrixArguments): Promise<ExitStatus> {
  const { checks, refused } = await matrixOf(args, args.progress);
  print(matrixIn(args, checks, refused));
  // A matrix of refusals alone has checked nothing.
  return checks.length === 0 ? EXIT.vacuous : worstOf(checks.map(exitStatusOf));
}

function matrixIn(
  args: MatrixArguments,
  checks: readonly CheckDocument[],
  refused: readonly Refusal[],
): string {
  switch (args.format) {
    case "text":
      return matrixText(checks, refused);
    case "json":
      return JSON.stringify(resultOf(checks, refused, args.traces), null, 2);
    case "markdown":
      return scenariosMarkdown(matrixPlan(args).scenarios, checks, refused);
    case "junit":
    case "sarif":
      return resultIn(args.format, checks);
  }
}

/** The verdicts in the order of the matrix, however many processes made them. */
export async function matrixOf(
  args: MatrixChoice & { readonly jobs: number | undefined },
  progress: boolean,
): Promise<{ readonly checks: readonly CheckDocument[]; readonly refused: readonly Refusal[] }> {
  const { scenario, driver, property, irq, settings, maxStates } = args;
  const choice: MatrixChoice = { scenario, driver, property, irq, settings, maxStates };
  const plan = matrixPlan(choice);
  const { jobs, refused } = matrixJobs(plan);
  const queue = [...bySize(plan, jobs)];
  const done = new Map<MatrixJob, readonly CheckDocument[]>();
  const workers = Math.min(args.jobs ?? availableParallelism(), queue.length);
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = fork(fileURLToPath(new URL("matrix-worker.js", import.meta.url)), {
        serialization: "advanced",
      });
      try {
        worker.send({ choice });
        for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
          done.set(job, await answer(worker, job));
          if (progress) complain(`${done.size}/${jobs.length}: ${job.scenario}, ${job.driver}, ${job.irq}`);
        }
      } finally {
        worker.disconnect();
      }
    }),
  );
  return { checks: jobs.flatMap((job) => done.get(job) ?? []), refused };
}

/** Sends a job and waits for its verdicts; a worker that dies is an error, never a missing row. */
function answer(worker: ChildProcess, job: MatrixJob): Promise<readonly CheckDocument[]> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null, signal: string | null) =>
      reject(
        new Error(`the process for ${job.scenario}, ${job.driver}, ${job.irq} ended: ${code ?? signal}`),
      );
    worker.once("exit", died);
    worker.once("message", (documents: readonly CheckDocument[]) => {
      worker.off("exit", died);
      resolve(documents);
    });
    worker.send({ job });
  });
}

function resultOf(checks: readonly CheckDocument[], refused: readonly Refusal[], traces: boolean) {
  const rows = checks.map(({ trace, ...check }) => ({
    ...check,
    ...(trace === undefined ? {} : { rule: trace.rule, loop: trace.loop, replay: replayLine(trace) }),
    ...(trace === undefined || !traces ? {} : { trace }),
  }));
  return { tool: "pmucheck", version, checks: rows, refused };
}
