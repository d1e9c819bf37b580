/**
 * `pmucheck check --estimate`: how large the state spaces are, without a verdict.
 */
import { estimateText } from "../../../report/estimate-text.js";
import { headline } from "../../../report/wrap.js";
import type { EstimatesDocument } from "../../../trace/document.js";
import { CAREFUL, estimate } from "../../../check/sampling/estimate.js";
import { targetsOf, type TargetArguments } from "./targets.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { print, screen } from "../../terminal/terminal.js";
import { version } from "../../version.js";

/** Inconclusive: nothing was checked. */
export async function runEstimate(args: TargetArguments & { readonly json: boolean }): Promise<ExitStatus> {
  const targets = await targetsOf(args);
  const estimates = targets.map((target) => {
    const made = estimate(target, CAREFUL);
    if (!args.json) print(headline(estimateText(made), screen().width).join("\n"));
    return made;
  });
  const document: EstimatesDocument = { tool: "pmucheck", version, estimates };
  if (args.json) print(JSON.stringify(document, null, 2));
  return EXIT.inconclusive;
}
