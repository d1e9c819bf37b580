/**
 * `pmucheck check --simulate`: scenarios x one driver x one property -> verdicts of random walks.
 */
import { verdictLine, verdictText } from "../../report/text.js";
import { PmucheckError } from "../../spec/errors.js";
import { checkBySimulation, mustBeSafety } from "../../check/sampling/simulate.js";
import { targetsOf, type TargetArguments } from "./targets.js";
import { propertyNamed, witnesses } from "../arguments/catalogue.js";
import { exitStatusOf, worstOf, type ExitStatus } from "../exit-status.js";
import { resultIn, type ResultFormat } from "../arguments/result-formats.js";
import { complain, print } from "../terminal.js";

export interface SimulateArguments extends TargetArguments {
  readonly walks?: number | undefined;
  readonly steps?: number | undefined;
  readonly seed?: number | undefined;
  readonly walkPath?: string | undefined;
  readonly format: ResultFormat;
  readonly quiet: boolean;
  readonly progress: boolean;
}

const WALKS = 1000;
const STEPS = 2000;

export async function runSimulate(args: SimulateArguments): Promise<ExitStatus> {
  mustBeSafety(await propertyNamed(args.property));
  const options = {
    walks: whole("walks", args.walks ?? WALKS, 1, 1e9),
    steps: whole("steps", args.steps ?? STEPS, 1, 1e6),
    seed: whole("seed", args.seed ?? 0, -(2 ** 31), 2 ** 31 - 1),
    witnesses,
    ...(args.walkPath === undefined ? {} : { path: args.walkPath }),
  };
  const targets = await targetsOf(args);
  const checks = targets.map((target, at) => {
    const document = checkBySimulation({ ...target, ...options });
    const { transitions, seconds, walks } = document;
    if (args.progress) {
      const rate = Math.round(transitions / seconds);
      complain(
        `${document.scenario}: ${walks?.walks} walks, ${transitions} steps, ${rate} steps/s with shrinking`,
      );
    }
    if (args.format === "text")
      print(args.quiet ? verdictLine(document) : `${at > 0 ? "\n" : ""}${verdictText(document)}`);
    return document;
  });
  if (args.format !== "text") print(resultIn(args.format, checks));
  return worstOf(checks.map(exitStatusOf));
}

function whole(option: string, value: number, minimum: number, maximum: number): number {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new PmucheckError("PMC104", `--${option} takes a whole number from ${minimum} to ${maximum}`);
}
