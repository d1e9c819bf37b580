/**
 * `pmucheck check --all`: the whole matrix, on all cores.
 */
import { matrixText, scenariosMarkdown } from "../../report/matrix.js";
import { replayLine } from "../../report/text.js";
import type { CheckDocument } from "../../trace/document.js";
import type { Refusal } from "../../check/matrix/matrix.js";
import { EXIT, type ExitStatus } from "../exit-status.js";
import type { MatrixChoice } from "./plan.js";
import { runMatrices, type RunMatrix } from "./pool.js";
import { CellProgress } from "./progress.js";
import { deliver, type Delivery } from "../results/deliver.js";
import { resultIn, withoutTiming, type Printing, type ResultFormat } from "../results/formats.js";
import { complain, print } from "../terminal/terminal.js";
import { version } from "../version.js";

export interface MatrixArguments extends MatrixChoice {
  readonly delivery: Delivery;
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
  const { checks, internal } = matrix;
  if (args.delivery.format === "text") print(matrixText(checks, matrix.refused));
  const status = await deliver(checks, args.delivery, (format, printing) =>
    matrixIn(format, printing, args.traces, matrix),
  );
  for (const fault of internal) complain(`pmucheck: internal error, please report it: ${fault}`);
  if (internal.length > 0) return EXIT.internal;
  // A matrix of refusals alone has checked nothing.
  return checks.length === 0 ? EXIT.vacuous : status;
}

function matrixIn(
  format: ResultFormat,
  printing: Printing,
  traces: boolean,
  { plan, checks: made, refused }: RunMatrix,
): string | Promise<string> {
  const checks = printing.timing ? made : made.map(withoutTiming);
  switch (format) {
    case "text":
      return matrixText(checks, refused);
    case "json":
      return JSON.stringify(resultOf(checks, refused, traces), null, 2);
    case "markdown":
      return scenariosMarkdown(plan.scenarios, checks, refused);
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
