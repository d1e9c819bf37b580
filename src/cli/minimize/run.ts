/**
 * `pmucheck minimize`: the smallest trace that breaks the same rule the same way.
 */
import { minimize } from "../../minimize/minimize.js";
import type { ParameterLimit } from "../../minimize/parameter-limit.js";
import { minimizedText } from "../../report/minimized.js";
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
  print(json ? JSON.stringify(trace, null, 2) : minimizedText(trace));
  return exitStatusOfTrace(trace);
}
