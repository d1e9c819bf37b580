/**
 * `pmucheck minimize`: the smallest trace that breaks the same rule the same way.
 */
import { minimize, type MinimizedTrace } from "../../minimize/minimize.js";
import type { ParameterLimit } from "../../minimize/parameter-limit.js";
import { whereChecked } from "../../report/subject.js";
import { WIDTH } from "../../report/columns.js";
import { replayLine, traceText, whereBroken } from "../../report/text.js";
import { paragraph } from "../../report/wrap.js";
import { exitStatusOfTrace, type ExitStatus } from "../exit-status.js";
import { requestOfFile } from "../replay/run.js";
import { print } from "../terminal.js";

export interface MinimizeArguments {
  readonly file: string;
  readonly parameters: ParameterLimit;
  readonly budget: number;
  readonly search: number;
  readonly json: boolean;
}

export async function runMinimize(args: MinimizeArguments): Promise<ExitStatus> {
  const { file, json, ...options } = args;
  const trace = minimize({ ...(await requestOfFile(file)), ...options });
  print(json ? JSON.stringify(trace, null, 2) : textOf(trace));
  return exitStatusOfTrace(trace);
}

function textOf(trace: MinimizedTrace): string {
  return [
    `pmucheck: minimized, ${trace.property} VIOLATED ${whereBroken(trace)}: ${whereChecked(trace)}`,
    "",
    ...summary(trace).map((sentence) => paragraph(sentence, WIDTH, "  ")),
    "",
    traceText(trace),
    "",
    replayLine(trace),
  ].join("\n");
}

function summary({ minimized, rule }: MinimizedTrace): string[] {
  const { before, after, parameters, oneMinimal, shortest } = minimized;
  return [
    `${before.steps} steps with ${before.interruptions} interruptions before, ${after.steps} with ` +
      `${after.interruptions} now.`,
    ...parameters.map(({ name, from, to }) => `${name}=${to} is enough, it was ${from}.`),
    oneMinimal
      ? `1-minimal: without any one step, and what then cannot follow, ${rule} is not broken in this way.`
      : "Not 1-minimal: a step can be left out, but was not within the effort allowed.",
    shortest
      ? "No trace is shorter: all reachable states were looked at."
      : "Perhaps not the shortest: not all reachable states were looked at (--budget).",
  ];
}
