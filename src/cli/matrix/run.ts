/**
 * `pmucheck check --all`: the whole matrix, on all cores.
 */
import { matrixText, scenariosMarkdown } from "../../report/matrix.js";
import { ON_PAPER } from "../../report/screen.js";
import { replayLine } from "../../report/trace/text.js";
import type { CheckDocument } from "../../trace/document.js";
import type { Refusal } from "../../check/matrix/matrix.js";
import type { MadeMatrix } from "../../check/matrix/verify-fix.js";
import { EXIT, exitStatusOf, worstOf, type ExitStatus } from "../exit-status.js";
import type { MatrixChoice } from "./plan.js";
import { type CheckQuestion, partOf } from "./part.js";
import { runMatrices } from "./pool.js";
import type { AnswerTasks } from "./processes.js";
import { CellProgress } from "./progress.js";
import { isIn, type JobPlace, type Shard } from "./shard.js";
import { storeFolder } from "./store.js";
import { deliver, type Delivery } from "../results/deliver.js";
import { resultIn, withoutTiming, type Printing, type ResultFormat } from "../results/formats.js";
import { complain, print, screen } from "../terminal/terminal.js";
import type { Interruption } from "../thread/interruption.js";
import { version } from "../version.js";

/** How a matrix is printed. */
export interface MatrixPrinting {
  readonly delivery: Delivery;
  readonly traces: boolean;
}

export interface MatrixArguments extends MatrixChoice, MatrixPrinting {
  readonly progress: boolean;
  readonly answer: AnswerTasks;
  readonly interruption: Interruption;
  readonly cache: boolean;
  /** Undefined for the whole matrix. */
  readonly shard: Shard | undefined;
}

/** A whole matrix, as far as its table needs it. */
type Tabled = Pick<MadeMatrix, "checks" | "refused"> & Pick<CheckQuestion, "scenarios">;

export async function runMatrix(args: MatrixArguments): Promise<ExitStatus> {
  const { scenario, driver, fix, property, irq, settings, maxStates, answer, shard } = args;
  const choice: MatrixChoice = { scenario, driver, fix, property, irq, settings, maxStates };
  const progress = new CellProgress(args.progress);
  const store = args.cache ? storeFolder() : undefined;
  const takes = shard === undefined ? undefined : ({ job }: JobPlace) => isIn(shard, job);
  const [matrix] = await runMatrices([choice], { answer, store, takes, ...progress.option });
  progress.clear();
  if (matrix === undefined) throw new Error("a matrix without a result");
  const { internal, plan, left } = matrix;
  const scenarios = plan.scenarios.map(({ name, summary, shows }) => ({ name, summary, shows }));
  const tabled = { ...matrix, scenarios };
  // A part with a hole in it is none.
  const isPrinted = shard !== undefined && internal.length + left === 0;
  if (isPrinted) print(JSON.stringify(partOf(shard, { command: "check", choice, scenarios }, [matrix])));
  const status = shard === undefined ? await deliverMatrix(tabled, args) : statusOfPart(matrix.checks);
  for (const fault of internal) complain(`pmucheck: internal error, please report it: ${fault}`);
  if (left > 0) {
    complain(`pmucheck: ${interruptedText(left, args.cache)}`);
    return args.interruption.status ?? status;
  }
  return internal.length > 0 ? EXIT.internal : status;
}

/** What is said of a matrix that was not run to its end. */
export function interruptedText(left: number, isKept: boolean): string {
  const jobs = left === 1 ? "1 job was" : `${left} jobs were`;
  const next = isKept ? "the store has the others, and the same command goes on from there" : "none is kept";
  return `interrupted: ${jobs} not answered; ${next}`;
}

/** Prints and writes a matrix; its status. */
export async function deliverMatrix(
  matrix: Tabled,
  { delivery, traces }: MatrixPrinting,
): Promise<ExitStatus> {
  const { checks, refused } = matrix;
  if (delivery.format === "text") print(matrixText(checks, refused, screen().width));
  const status = await deliver(checks, delivery, (format, printing) =>
    matrixIn(format, printing, traces, matrix),
  );
  return checks.length === 0 ? EXIT.vacuous : status;
}

/** A part that has checked nothing is vacuous. */
export function statusOfPart(checks: readonly CheckDocument[]): ExitStatus {
  return checks.length === 0 ? EXIT.vacuous : worstOf(checks.map(exitStatusOf));
}

function matrixIn(
  format: ResultFormat,
  printing: Printing,
  traces: boolean,
  { scenarios, checks: made, refused }: Tabled,
): string | Promise<string> {
  const checks = printing.timing ? made : made.map(withoutTiming);
  switch (format) {
    case "text":
      return matrixText(checks, refused, ON_PAPER.width);
    case "json":
      return JSON.stringify(resultOf(checks, refused, traces), null, 2);
    case "markdown":
      return scenariosMarkdown(scenarios, checks, refused);
    case "junit":
    case "sarif":
    case "github":
    case "expect":
    case "html":
      return resultIn(format, checks, printing);
  }
}

function resultOf(checks: readonly CheckDocument[], refused: readonly Refusal[], traces: boolean) {
  const rows = checks.map(({ trace, ...check }) => ({
    ...check,
    ...(trace === undefined ? {} : { rule: trace.rule, loop: trace.loop, replay: replayLine(trace) }),
    ...(trace === undefined || !traces ? {} : { trace }),
  }));
  return { tool: "pmucheck", version, checks: rows, refused };
}
