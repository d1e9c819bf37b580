/**
 * `pmucheck check --simulate`: scenarios x one driver x one property -> verdicts of random walks.
 */
import type { CheckDocument } from "../../../trace/document.js";
import { PmucheckError } from "../../../spec/errors.js";
import { checkBySimulation, mustBeSafety } from "../../../check/sampling/simulate.js";
import { present, presentAll, type Detail } from "./present.js";
import { tellUnchecked, targetsOf, type TargetArguments } from "./targets.js";
import { witnesses } from "../../arguments/catalogue.js";
import type { ExitStatus } from "../../exit-status.js";
import { deliver, type Delivery } from "../../results/deliver.js";
import { remember } from "../../terminal/last-result.js";
import { complain } from "../../terminal/terminal.js";
import { Interruption } from "../../thread/interruption.js";
import { version } from "../../version.js";

export interface SimulateArguments extends TargetArguments, Detail {
  readonly walks?: number | undefined;
  readonly steps?: number | undefined;
  readonly seed?: number | undefined;
  readonly walkPath?: string | undefined;
  readonly delivery: Delivery;
  readonly progress: boolean;
}

const WALKS = 1000;
const STEPS = 2000;

export async function runSimulate(args: SimulateArguments): Promise<ExitStatus> {
  const options = {
    walks: whole("walks", args.walks ?? WALKS, 1, 1e9),
    steps: whole("steps", args.steps ?? STEPS, 1, 1e6),
    seed: whole("seed", args.seed ?? 0, -(2 ** 31), 2 ** 31 - 1),
    witnesses,
    ...(args.walkPath === undefined ? {} : { path: args.walkPath }),
  };
  const targets = await targetsOf(args);
  for (const { property } of targets) mustBeSafety(property);
  const isText = args.delivery.format === "text";
  const checks: CheckDocument[] = [];
  const interruption = new Interruption();
  for (const target of targets) {
    const document = checkBySimulation({ ...target, ...options, stop: interruption.signalled });
    const { transitions, seconds, walks } = document;
    if (args.progress) {
      const rate = Math.round(transitions / seconds);
      complain(
        `${document.scenario}: ${walks?.walks} walks, ${transitions} steps, ${rate} steps/s with shrinking`,
      );
    }
    checks.push(document);
    if (isText) {
      const place = { at: checks.length, of: targets.length };
      await present(document, target, args, place, interruption.signalled);
    }
    if (interruption.status !== undefined) break;
  }
  interruption.end();
  if (isText && targets.length > 1) presentAll(checks, args);
  remember({ tool: "pmucheck", version, checks });
  const status = await deliver(checks, args.delivery);
  tellUnchecked(targets.slice(checks.length));
  const isCut = checks.at(-1)?.trace === undefined || checks.length < targets.length;
  return isCut ? (interruption.status ?? status) : status;
}

function whole(option: string, value: number, minimum: number, maximum: number): number {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new PmucheckError("PMC104", `--${option} takes a whole number from ${minimum} to ${maximum}`);
}
