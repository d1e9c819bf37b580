/**
 * `pmucheck explain`: why a trace ends in a violation, and how it could have gone well.
 */
import { explain } from "../../../explain/explain.js";
import { explanationText } from "../../../report/trace/explanation.js";
import { words } from "../../../report/trace/explanation-words.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { Interruption } from "../../thread/interruption.js";
import { requestOfFile } from "../replay/run.js";
import { saying } from "../../terminal/status-line.js";
import { print, screen } from "../../terminal/terminal.js";

export interface ExplainArguments {
  readonly file: string | undefined;
  readonly whyNot: readonly string[];
  readonly budget: number;
  /** Run the code of files that FILE names. */
  readonly trust: boolean;
  readonly json: boolean;
  /** Every part, and not only the bullets. */
  readonly full: boolean;
  readonly progress: boolean;
}

/** An explanation is not a verdict: 0 if every part of it was decided, 125 if some part is open. */
export async function runExplain(args: ExplainArguments): Promise<ExitStatus> {
  const { file, whyNot, budget, trust, json, progress } = args;
  const request = await requestOfFile(file, { trust, named: [] });
  const interruption = new Interruption();
  const explanation = saying(progress, "explain: the trace again", (line) =>
    explain({
      ...request,
      whyNot,
      maxStates: budget,
      stop: interruption.signalled,
      onProgress: (what) => line.show(`explain: ${what}`),
    }),
  );
  interruption.end();
  print(
    json
      ? JSON.stringify({ ...explanation, words: words(explanation) }, null, 2)
      : explanationText(explanation, args, screen()),
  );
  const { noReturn, necessary } = explanation;
  const isDecided = noReturn?.conclusive === true && necessary.complete;
  return interruption.status ?? (isDecided ? EXIT.holds : EXIT.inconclusive);
}
