/**
 * `pmucheck merge`: the page of what several machines ran a part of each.
 */
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { PmucheckError } from "../../../spec/errors.js";
import { merged, readPart, type PartFile } from "../../matrix/part.js";
import { deliverMatrix } from "../../matrix/run.js";
import { mustBeTrusted } from "../../arguments/trust.js";
import type { Delivery } from "../../results/deliver.js";
import { deliverVerified, refuseForms } from "../verify/deliver.js";

export interface MergeArguments {
  readonly delivery: Delivery;
  readonly traces: boolean;
  /** Of a fix that was verified only. */
  readonly quiet: boolean;
  readonly allCells: boolean;
  /** The code of files that the parts name may run. */
  readonly trust: boolean;
}

export async function runMerge(files: readonly string[], args: MergeArguments): Promise<ExitStatus> {
  const { delivery, traces, quiet, allCells } = args;
  const parts = files.map(readPart);
  const { question, matrices } = merged(parts);
  if (followsTraces(delivery)) mustTrust(parts, args.trust);
  if (question.command === "check") {
    const option = [quiet && "--quiet", allCells && "--all-cells"].find((given) => given !== false);
    if (option !== undefined) throw new PmucheckError("PMC104", `${option} is for parts of verify`);
    const [matrix] = matrices;
    return matrix === undefined
      ? EXIT.vacuous
      : deliverMatrix({ ...matrix, scenarios: question.scenarios }, { delivery, traces });
  }
  const printing = { ...delivery, quiet, traces, allCells };
  refuseForms(question.all, printing);
  const fixed = matrices.slice(matrices.length - question.fixes.length);
  const base = matrices.slice(0, matrices.length - question.fixes.length);
  return deliverVerified(question, { base, fixed }, printing);
}

/** A page with pictures follows each trace with the models that it names. */
function followsTraces({ format, outputs }: Delivery): boolean {
  return format === "html" || outputs.some((output) => output.format === "html");
}

/** Throws PMC116 for a file of code that a part names. */
function mustTrust(parts: readonly PartFile[], trust: boolean): void {
  for (const { file, part } of parts) {
    for (const check of part.matrices.flatMap(({ checks }) => checks)) {
      if (check.trace !== undefined) mustBeTrusted(file, check.trace, { trust, named: [] });
    }
  }
}
