/**
 * `pmucheck check --all`: the whole matrix, on all cores.
 */
import { matrixText, scenariosMarkdown } from "../../report/matrix.js";
import { replayLine } from "../../report/text.js";
import type { CheckDocument } from "../../trace/document.js";
import type { Refusal } from "../../check/matrix/matrix.js";
import { EXIT, exitStatusOf, worstOf, type ExitStatus } from "../exit-status.js";
import type { MatrixChoice } from "./plan.js";
import { runMatrices, type RunMatrix } from "./pool.js";
import { CellProgress } from "./progress.js";
import { resultIn, type ResultFormat } from "../arguments/result-formats.js";
import { complain, print } from "../terminal/terminal.js";
import { version } from "../version.js";

export interface MatrixArguments extends MatrixChoice {
  readonly format: ResultFormat;
  readonly traces: boolean;
  readonly progress: boolean;
  readonly jobs: number | undefined;
}

export async function runMatrix(args: MatrixArguments): Promise<ExitStatus> {
  const { scenario, driver, fix, property, irq, settings, maxStates, jobs } = args;
  const choice: MatrixChoice = { scenario, driver, fix, property, irq, settings, maxStates };
  const progress = new CellProgress(args.progress);
  const [matrix] = await runMatrices([choice], { jobs, ...progress.option });
  progress.clear();
  if (matrix === undefined) throw new Error("a matrix without a result");
  print(matrixIn(args, matrix));
  const { checks, internal } = matrix;
  for (const fault of internal) complain(`pmucheck: internal error, please report it: ${fault}`);
  if (internal.length > 0) return EXIT.internal;
  // A matrix of refusals alone has checked nothing.
  return checks.length === 0 ? EXIT.vacuous : worstOf(checks.map(exitStatusOf));
}

function matrixIn(args: MatrixArguments, { plan, checks, refused }: RunMatrix): string {
  switch (args.format) {
    case "text":
      return matrixText(checks, refused);
    case "json":
      return JSON.stringify(resultOf(checks, refused, args.traces), null, 2);
    case "markdown":
      return scenariosMarkdown(plan.scenarios, checks, refused);
    case "junit":
    case "sarif":
      return resultIn(args.format, checks);
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
