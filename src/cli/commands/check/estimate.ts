/**
 * `pmucheck check --estimate`: how large the state spaces are, without a verdict.
 */
import { estimateText } from "../../../report/estimate-text.js";
import { headline } from "../../../report/wrap.js";
import type { EstimateDocument, EstimatesDocument } from "../../../trace/document.js";
import { CAREFUL, estimate } from "../../../check/sampling/estimate.js";
import { targetsOf, tellUnchecked, type TargetArguments } from "./targets.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { print, screen } from "../../terminal/terminal.js";
import { Interruption, unlessInterrupted } from "../../thread/interruption.js";
import { version } from "../../version.js";

/** Inconclusive: nothing was checked. */
export async function runEstimate(args: TargetArguments & { readonly json: boolean }): Promise<ExitStatus> {
  const targets = await targetsOf(args);
  const interruption = new Interruption();
  const estimates: EstimateDocument[] = [];
  for (const target of targets) {
    const made = unlessInterrupted(() => estimate(target, CAREFUL, interruption.mustGoOn));
    if (made === undefined) break;
    if (!args.json) print(headline(estimateText(made), screen().width).join("\n"));
    estimates.push(made);
  }
  const document: EstimatesDocument = { tool: "pmucheck", version, estimates };
  if (args.json) print(JSON.stringify(document, null, 2));
  tellUnchecked(targets.slice(estimates.length));
  return interruption.status ?? EXIT.inconclusive;
}
