/**
 * What is printed of verdicts as text: the finding of one, a table of several, and the parts that were asked for.
 */
import { checksTable } from "../../../report/finding/checks-table.js";
import { findingText } from "../../../report/finding/finding.js";
import {
  assumptionsText,
  traceText,
  verdictLine,
  verdictText,
  verdictHead,
} from "../../../report/trace/text.js";
import { colouredVerdict } from "../../../report/verdict-colour.js";
import type { CheckDocument } from "../../../trace/document.js";
import { shellQuoted } from "../../../report/trace/replay-command.js";
import type { Target } from "../../../check/target.js";
import { defaultsOf } from "../../arguments/catalogue.js";
import { print, screen } from "../../terminal/terminal.js";
import { workloadFile } from "../../workload/scenario.js";
import { isWorkload, optionsOfName, workloadCommand } from "../../workload/workload.js";

/** How much is printed. */
export interface Detail {
  /** The verdict lines only. */
  readonly quiet: boolean;
  /** Every step of the trace besides. */
  readonly trace: boolean;
  /** What the verdict rests on in words, besides. */
  readonly assumptions: boolean;
  /** All that is known, as one text for each check. */
  readonly full: boolean;
}

/** The most states for each of the explorations that find the point of no return: more would keep the reader waiting. */
const LANDMARK_STATES = 20_000;

const ONE_OF_THEM = "Look at one: pmucheck explain SCENARIO, or pmucheck check SCENARIO";

/** One verdict out of `of`, as soon as it is known. `stop`: why not to look for what the trace can be marked with. */
export async function present(
  check: CheckDocument,
  target: Target,
  { quiet, trace: everyStep, assumptions, full }: Detail,
  place: { readonly at: number; readonly of: number },
  stop?: () => string | undefined,
): Promise<void> {
  const { trace } = check;
  const on = screen();
  if (quiet) print(colouredVerdict(verdictLine(check), check.verdict, on.style));
  else if (full) print(`${place.at > 1 ? "\n" : ""}${verdictText(check, on)}`);
  else {
    const head = `${verdictHead(check, on)}\n\n`;
    if (assumptions) print(`${head}${assumptionsText(check, on.width)}\n`);
    if (everyStep && trace !== undefined) print(`${head}${traceText(trace, on)}\n`);
    if (place.of > 1) return;
    const { landmarksOf } = await import("../../../explain/landmarks.js");
    const landmarks = trace === undefined ? undefined : landmarksOf(target, trace, LANDMARK_STATES, stop);
    print(findingText({ check, landmarks, defaults: defaultsOf(target.scenario) }, on));
    if (isWorkload(target.scenario.name)) print(`\n${asFile(target.scenario.name)}`);
  }
}

/** The file that says the same as a quick workload, and how to have it written. */
function asFile(name: string): string {
  const options = workloadCommand(optionsOfName(name), shellQuoted);
  return `The same as a file, which this writes:\n  pmucheck new scenario NAME ${options}\n\n${workloadFile(name).trimEnd()}`;
}

/** What follows the verdicts on several targets, or on those that there was time for: their table. */
export function presentAll(checks: readonly CheckDocument[], { quiet, full }: Detail): void {
  if (checks.length > 0 && !quiet && !full) print(`${checksTable(checks, screen())}\n${ONE_OF_THEM}`);
}
