/**
 * `pmucheck replay`: walks a trace again and shows it.
 */
import { decodePath } from "../../../report/trace/path.js";
import { replayedEditedText, replayedText } from "../../../report/trace/replayed.js";
import { PmucheckError } from "../../../spec/errors.js";
import { configure } from "../../../spec/parameter.js";
import { replayEdited } from "../../../check/replay/on-changed-model.js";
import { replay, type ReplayRequest } from "../../../check/replay/replay.js";
import { replayCommand } from "../../../report/trace/replay-command.js";
import type { TraceDocument } from "../../../trace/document.js";
import { defaultsOf, scenarioNamed, scenarios } from "../../arguments/catalogue.js";
import { driverFor, propertyFor } from "../../arguments/choices.js";
import { EXIT, exitStatusOfTrace, type ExitStatus } from "../../exit-status.js";
import { isFile } from "../../arguments/is-file.js";
import type { ReplayableTrace } from "../../../trace/read.js";
import { replayableTrace } from "../../arguments/trace-file.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { settingsOf, settingsWith } from "../../arguments/parameter-settings.js";
import { mustBeTrusted, type Trust } from "../../arguments/trust.js";
import { print, screen } from "../../terminal/terminal.js";

export interface ReplayArguments {
  readonly file: string | undefined;
  readonly scenario: string | undefined;
  /** Of a path; of a file only with --edited. Undefined for the default, or the file's own. */
  readonly driver: string | undefined;
  readonly fix: string | undefined;
  readonly property: string | undefined;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly path: string | undefined;
  readonly loop: number | undefined;
  readonly hash: string | undefined;
  /** Follow a file's trace although the models have changed. */
  readonly edited: boolean;
  /** Run the code of files that FILE names. */
  readonly trust: boolean;
  readonly json: boolean;
}

export async function runReplay(given: ReplayArguments): Promise<ExitStatus> {
  const args = withScenario(given);
  if (args.edited) return runEditedReplay(args);
  mustNotContradict(args);
  const isPath = args.file === undefined && optionsGiven(args).length > 0;
  const request = await (isPath
    ? requestOfOptions(args)
    : requestOfFile(args.file, { trust: args.trust, named: [] }));
  const replayed = replay(request);
  const { unbroken, trace } = replayed;
  print(args.json ? JSON.stringify(trace, null, 2) : replayedText(replayed, again(request, trace), screen()));
  return unbroken === undefined ? exitStatusOfTrace(trace) : EXIT.vacuous;
}

/** Follows a file's trace in the models as they are now. 14 if it cannot be followed, or breaks nothing. */
async function runEditedReplay(args: ReplayArguments): Promise<ExitStatus> {
  if (args.path !== undefined) {
    throw new PmucheckError("PMC104", "--edited takes a FILE: a path alone does not name its steps");
  }
  const request = await requestOfFile(args.file, { trust: args.trust, named: [args.fix] }, args);
  const replayed = replayEdited(request);
  const { unbroken, trace, difference, divergence } = replayed;
  print(
    args.json
      ? JSON.stringify({ ...trace, edited: { difference, divergence } }, null, 2)
      : replayedEditedText(replayed, again(request, trace), screen()),
  );
  return unbroken === undefined ? exitStatusOfTrace(trace) : EXIT.vacuous;
}

function again({ scenario }: ReplayRequest, trace: TraceDocument): string {
  return replayCommand(trace, defaultsOf(scenario));
}

/**
 * The replay that a trace asks for: of a file, or of the last result.
 * @param other what is to be instead of the trace's own
 * Throws PMC111 and PMC112, PMC116 for a file of code that nobody trusts, and what the loading of files throws.
 */
export async function requestOfFile(
  file: string | undefined,
  trust: Trust,
  other: Partial<Pick<ReplayArguments, "driver" | "fix">> = {},
): Promise<ReplayRequest> {
  return requestOfTrace(replayableTrace(file), trust, other);
}

/** The same of a trace that was read already. `foreign`: what its document is called where it is not trusted. */
export async function requestOfTrace(
  { trace, foreign }: { readonly trace: ReplayableTrace; readonly foreign: string | undefined },
  trust: Trust,
  other: Partial<Pick<ReplayArguments, "driver" | "fix">> = {},
): Promise<ReplayRequest> {
  const { scenario: name, property, config, hash, rule, steps, loop } = trace;
  const driver = other.driver ?? trace.driver;
  const fix = other.fix ?? trace.fix;
  if (foreign !== undefined) mustBeTrusted(foreign, { scenario: name, fix, property }, trust);
  const scenario = await scenarioNamed(name);
  const settings = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
  return {
    scenario,
    driver: await driverWithFixes(driverFor(scenario, driver), fix),
    property: await propertyFor(scenario, property),
    configuration: configure(scenario.parameters, settings),
    hash,
    rule,
    steps,
    loop,
  };
}

async function requestOfOptions(args: ReplayArguments): Promise<ReplayRequest> {
  if (args.scenario === undefined || args.path === undefined) {
    throw new PmucheckError("PMC104", "replay takes a FILE, or SCENARIO and --path as a check printed them");
  }
  const scenario = await scenarioNamed(args.scenario);
  const driver = await driverWithFixes(driverFor(scenario, args.driver), args.fix);
  return {
    scenario,
    driver,
    property: await propertyFor(scenario, args.property),
    configuration: configure(scenario.parameters, settingsWith(driver, settingsOf(args))),
    hash: args.hash,
    steps: decodePath(args.path).map((index) => ({ index })),
    loop: args.loop ?? null,
  };
}

/** `replay one-cpu --path 0x4`: a scenario where a file would be. */
function withScenario(args: ReplayArguments): ReplayArguments {
  const { file, path, scenario } = args;
  if (path === undefined || scenario !== undefined || file === undefined) return args;
  const isScenario = scenarios.some(({ name }) => name === file) || isFile(file);
  return isScenario && !file.endsWith(".json") ? { ...args, file: undefined, scenario: file } : args;
}

/** A file says all there is to replay. */
function mustNotContradict(args: ReplayArguments): void {
  const [first] = optionsGiven(args);
  if (args.file === undefined || first === undefined) return;
  const hint = first === "--driver" || first === "--fix" ? ": it goes with --edited" : "";
  throw new PmucheckError("PMC104", `the file says what ${first} would${hint}`);
}

/** The options that say what is replayed. */
function optionsGiven({ driver, fix, scenario, property, irq, path, loop, hash, set }: ReplayArguments) {
  const given = Object.entries({ driver, fix, scenario, property, irq, path, loop, hash })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`);
  return set.length > 0 ? [...given, "--set"] : given;
}
