/**
 * `pmucheck minimize`: the smallest trace that breaks the same rule the same way.
 */
import { minimize } from "../../../minimize/minimize.js";
import type { ParameterLimit } from "../../../minimize/parameter-limit.js";
import { minimizedText } from "../../../report/trace/minimized.js";
import { replayCommand } from "../../../report/trace/replay-command.js";
import { defaultsOf } from "../../arguments/catalogue.js";
import { exitStatusOfTrace, type ExitStatus } from "../../exit-status.js";
import { requestOfFile } from "../replay/run.js";
import { remember } from "../../terminal/last-result.js";
import { saying } from "../../terminal/status-line.js";
import { print, screen } from "../../terminal/terminal.js";

export interface MinimizeArguments {
  readonly file: string | undefined;
  readonly parameters: ParameterLimit;
  readonly budget: number;
  readonly search: number;
  /** Run the code of files that FILE names. */
  readonly trust: boolean;
  readonly full: boolean;
  readonly json: boolean;
  readonly progress: boolean;
}

export async function runMinimize(args: MinimizeArguments): Promise<ExitStatus> {
  const { file, json, full, trust, progress, ...options } = args;
  const request = await requestOfFile(file, { trust, named: [] });
  const trace = saying(progress, "minimize: leaving out steps, and looking for shorter ways", () =>
    minimize({ ...request, ...options }),
  );
  remember(trace);
  print(
    json
      ? JSON.stringify(trace, null, 2)
      : minimizedText(trace, replayCommand(trace, defaultsOf(request.scenario)), full, screen()),
  );
  return exitStatusOfTrace(trace);
}
