/**
 * `pmucheck check`: scenarios x one driver x one property -> verdicts.
 */
import type { EngineName, Progress } from "../../engine/explore.js";
import { grouped } from "../../report/numbers.js";
import { verdictLine, verdictText } from "../../report/text.js";
import { PmucheckError } from "../../spec/errors.js";
import { configure } from "../../spec/parameter.js";
import type { CheckDocument, Measure } from "../../trace/document.js";
import { check } from "../../check/verdict/check.js";
import type { EstimateTarget } from "../../check/sampling/estimate.js";
import { refusalOf, systemOf, type Target } from "../../check/target.js";
import { driverNamed, propertyNamed, scenarioNamed, scenarios, witnesses } from "../arguments/catalogue.js";
import { exitStatusOf, worstOf, type ExitStatus } from "../exit-status.js";
import { driverWithFixes } from "../arguments/fixes.js";
import { resultIn, type ResultFormat } from "../arguments/result-formats.js";
import { settingsOf, settingsWith } from "../arguments/parameter-settings.js";
import { complain, print, ProgressLine } from "../terminal.js";
import type { CheckOptions, CheckRequest, ReductionName } from "../../check/request.js";

/** The options that say what is checked. */
export interface TargetArguments {
  readonly scenario: readonly string[];
  readonly driver: string;
  readonly fix: string | undefined;
  readonly property: string;
  readonly irq?: string | undefined;
  readonly set: readonly string[];
}

export interface CheckArguments extends TargetArguments {
  readonly maxStates: number;
  readonly format: ResultFormat;
  readonly maxBytes: number;
  readonly engine: EngineName | undefined;
  readonly jobs: number;
  readonly shortest: Measure | undefined;
  readonly quiet: boolean;
  readonly progress: boolean;
  readonly reduction?: boolean;
  readonly symmetry?: boolean;
  readonly auditReductions?: boolean;
}

export async function runCheck(args: CheckArguments): Promise<ExitStatus> {
  const targets = await requestsOf(args);
  const { auditReductions = false } = args;
  const options = { ...optionsOf(args), reduction: reductionOf(args) };
  const requests = targets.map((target) => ({ ...target, ...options }));
  const checks: CheckDocument[] = [];
  for (const request of requests) {
    const { line, onProgress } = await progressOf(args, request);
    const verdict = check({ ...request, ...onProgress });
    line.clear();
    if (auditReductions) await audited(request);
    // Finding out why costs seconds, which --quiet did not ask for.
    const isOpen = verdict.verdict === "inconclusive" && !args.quiet;
    const document = isOpen ? await explained(verdict, request) : verdict;
    checks.push(document);
    if (args.format === "text")
      print(args.quiet ? verdictLine(document) : `${checks.length > 1 ? "\n" : ""}${verdictText(document)}`);
  }
  if (args.format !== "text") print(resultIn(args.format, checks));
  return worstOf(checks.map(exitStatusOf));
}

function reductionOf({ reduction, symmetry, auditReductions }: CheckArguments): ReductionName | undefined {
  if (symmetry === true) return "symmetry";
  return reduction === true || auditReductions === true ? "safe-steps" : undefined;
}

/** How every one of the targets is checked. */
export function optionsOf({ maxStates, maxBytes, engine, jobs, shortest }: CheckArguments): CheckOptions {
  return { witnesses, maxStates, maxBytes, engine, jobs, shortest };
}

/** The progress line of a check, and the option that has the check move it, if it was asked for. */
export async function progressOf(
  args: Pick<CheckArguments, "progress">,
  target: EstimateTarget,
): Promise<{
  readonly line: ProgressLine;
  readonly onProgress: { readonly onProgress?: (progress: Progress) => void };
}> {
  // Sampling loads fast-check, which costs more than many a check: only where it is asked for.
  const sampling = args.progress ? await import("../../check/sampling/estimate.js") : undefined;
  const line = new ProgressLine(`${target.scenario.name}, ${target.driver.name}`, () =>
    sampling?.estimate(target, sampling.CAREFUL),
  );
  return { line, onProgress: args.progress ? { onProgress: line.show.bind(line) } : {} };
}

/** A difference is an internal error: it says that the argument for the reductions, or their code, is wrong. */
async function audited(request: CheckRequest): Promise<void> {
  const { auditReductions } = await import("../../check/verdict/reduced.js");
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

export async function explained(verdict: CheckDocument, target: Target): Promise<CheckDocument> {
  const { diagnose } = await import("../../check/sampling/diagnose.js");
  return { ...verdict, diagnosis: diagnose(target) };
}

/**
 * Everything the user asked for is understood before the first check starts. Of all scenarios, those that cannot be are
 * left out, and said to be; one that was named is an error, PMC107.
 */
export async function requestsOf(args: TargetArguments): Promise<readonly Target[]> {
  const driver = await driverWithFixes(driverNamed(args.driver), args.fix);
  const property = propertyNamed(args.property);
  const settings = settingsWith(driver, settingsOf(args));
  const isNamed = args.scenario.length > 0;
  const chosen = isNamed ? args.scenario.map(scenarioNamed) : scenarios;
  const possible: Target[] = [];
  const refused: string[] = [];
  for (const scenario of chosen) {
    const target = { scenario, driver, property, configuration: configure(scenario.parameters, settings) };
    const refusal = refusalOf(target);
    if (refusal === undefined) {
      systemOf(target);
      possible.push(target);
    } else {
      refused.push(refusal);
    }
  }
  const [first] = refused;
  if (first !== undefined && (isNamed || possible.length === 0)) throw new PmucheckError("PMC107", first);
  for (const reason of refused) complain(`pmucheck: not checked: ${reason}`);
  return possible;
}
