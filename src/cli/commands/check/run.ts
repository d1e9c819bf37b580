/**
 * `pmucheck check`: scenarios x one driver x one property -> verdicts.
 *
 * One road for all of it: each target is checked in turns with signals and timers, so that Ctrl-C and --time end the check
 * that is running with a verdict of its own. A checkpoint is an option of a check of one scenario.
 */
import type { AuditMode, EngineName } from "../../../engine/explore.js";
import { grouped } from "../../../report/numbers.js";
import type { CheckDocument, Measure } from "../../../trace/document.js";
import { checkInTurns } from "../../../check/verdict/check.js";
import type { Target } from "../../../check/target.js";
import type { CheckOptions, CheckRequest, ReductionName } from "../../../check/request.js";
import { witnesses } from "../../arguments/catalogue.js";
import { deliver, type Delivery } from "../../results/deliver.js";
import type { ExitStatus } from "../../exit-status.js";
import { remember } from "../../terminal/last-result.js";
import { complain } from "../../terminal/terminal.js";
import { mustBeWritable, resumed, type Restated } from "./checkpoint.js";
import { Checkpointing } from "./checkpointing.js";
import { Interruption, unlessInterrupted } from "../../thread/interruption.js";
import { progressOf } from "./progress.js";
import { version } from "../../version.js";
import { present, presentAll, type Detail } from "./present.js";
import { targetsOf, tellUnchecked, type TargetArguments } from "./targets.js";

export interface CheckArguments extends TargetArguments, Detail {
  readonly maxStates: number;
  readonly maxBytes: number;
  readonly delivery: Delivery;
  readonly engine: EngineName | undefined;
  readonly jobs: number;
  readonly shortest: Measure | undefined;
  readonly audit: AuditMode | undefined;
  readonly progress: boolean;
  readonly reduction: ReductionName | undefined;
  readonly auditReductions: boolean;
  /** In seconds, and as it was written. */
  readonly time: { readonly seconds: number; readonly text: string } | undefined;
  /** Where to leave a checkpoint, for any bound. */
  readonly checkpoint: string | undefined;
  readonly resume: string | undefined;
  /** Run the code of files that the checkpoint names. */
  readonly trust: boolean;
  /** The subject without defaults. */
  readonly restated: Restated;
  /** The limits that are not the defaults, as they were written. */
  readonly limits: readonly string[];
}

export async function runCheck(args: CheckArguments): Promise<ExitStatus> {
  const isText = args.delivery.format === "text";
  if (args.checkpoint !== undefined) mustBeWritable(args.checkpoint);
  const from = args.resume === undefined ? undefined : await resumed(args.resume, args.restated, args.trust);
  const targets = from === undefined ? await targetsOf(args) : [from.target];
  const interruption = new Interruption(args.time?.seconds, args.time?.text);
  const checks: CheckDocument[] = [];
  try {
    for (const target of targets) {
      // A checkpoint holds one check, of the whole system.
      const canLeave = targets.length === 1 && args.reduction === undefined;
      const checkpointing = canLeave
        ? new Checkpointing(target, checkpointArgumentsOf(args), interruption, from?.checkpoint)
        : undefined;
      const place = targets.length === 1 ? "" : `${checks.length + 1} of ${targets.length}, `;
      const name = `${place}${target.scenario.name}`;
      const document = await checkOne(target, name, args, interruption, checkpointing);
      checks.push(document);
      if (isText) {
        const turn = { at: checks.length, of: targets.length };
        await present(document, target, args, turn, interruption.signalled);
      }
      if (interruption.status !== undefined) break;
    }
  } finally {
    interruption.end();
    from?.checkpoint.close();
  }
  if (isText && targets.length > 1) presentAll(checks, args);
  remember({ tool: "pmucheck", version, checks });
  const status = await deliver(checks, args.delivery);
  tellUnchecked(targets.slice(checks.length));
  const isCut = checks.at(-1)?.verdict === "inconclusive" || checks.length < targets.length;
  return isCut && interruption.status !== undefined ? interruption.status : status;
}

/** Checks one target; a verdict that a bound made inconclusive comes with the reasons, if they are asked for. */
async function checkOne(
  target: Target,
  name: string,
  args: CheckArguments,
  interruption: Interruption,
  checkpointing: Checkpointing | undefined,
): Promise<CheckDocument> {
  const request = { ...target, ...optionsOf(args) };
  const progress = await progressOf(args.progress, request, name, interruption);
  const verdict = await checkInTurns({
    ...request,
    ...(progress === undefined ? {} : { onProgress: progress.show }),
    stop: interruption.reason,
    keep: checkpointing?.keep,
    from: checkpointing?.from?.image,
  });
  progress?.clear();
  if (args.auditReductions) await audited(request);
  // Finding out why costs seconds. Neither --quiet nor Ctrl-C asks for that.
  const isOpen = verdict.verdict === "inconclusive" && !args.quiet && interruption.status === undefined;
  const document = isOpen ? await explained(verdict, request, interruption) : verdict;
  const left = checkpointing?.left;
  if (args.resume !== undefined && left === undefined && verdict.verdict !== "inconclusive" && !args.quiet) {
    complain(`pmucheck: ${args.resume} is no longer needed, and was left where it is`);
  }
  return left === undefined ? document : { ...document, checkpoint: left };
}

function checkpointArgumentsOf(args: CheckArguments) {
  return { ...args, tells: args.quiet || args.delivery.format !== "text" };
}

/** How every one of the targets is checked. */
function optionsOf(args: CheckArguments): CheckOptions {
  const { maxStates, maxBytes, engine, jobs, shortest, reduction, audit } = args;
  return { witnesses, maxStates, maxBytes, engine, jobs, shortest, reduction, audit };
}

/** A difference is an internal error: it says that the argument for the reductions, or their code, is wrong. */
async function audited(request: CheckRequest): Promise<void> {
  const { auditReductions } = await import("../../../check/verdict/reduced.js");
  const { plain, reduced, differences, isDecided } = auditReductions(request);
  const where = `${request.scenario.name}, ${request.driver.name}, ${request.property.name}`;
  if (differences.length > 0) {
    throw new Error(`the reductions change what is seen (${where}):\n  ${differences.join("\n  ")}`);
  }
  const counts = `${grouped(reduced.states)} states for ${grouped(plain.states)}`;
  complain(
    `pmucheck: audit: ${where}: ${counts}, ${isDecided ? "nothing differs" : "not decided: a bound was hit"}`,
  );
}

async function explained(
  verdict: CheckDocument,
  target: Target,
  interruption: Interruption,
): Promise<CheckDocument> {
  const { diagnose } = await import("../../../check/sampling/diagnose.js");
  // The time is up already, which is why it is open: only a signal ends the diagnosis.
  const diagnosis = unlessInterrupted(() => diagnose(target, interruption.mustNotBeSignalled));
  return diagnosis === undefined ? verdict : { ...verdict, diagnosis };
}
