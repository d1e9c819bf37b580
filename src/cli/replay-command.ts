/**
 * `pmucheck replay`: walks a trace again and shows it.
 */
import { readFileSync } from "node:fs";

import { decodePath } from "../report/path.js";
import { replayLine, traceText, whereBroken, whereChecked } from "../report/text.js";
import { PmucheckError } from "../spec/errors.js";
import { configure } from "../spec/parameter.js";
import { readTrace } from "../trace/read.js";
import { replay, type ReplayRequest } from "../verify/replay.js";
import { driverNamed, propertyNamed, scenarioNamed } from "./catalogue.js";
import { EXIT, exitStatusOfTrace, type ExitStatus } from "./exit-status.js";
import { driverWithFixes } from "./fixes.js";
import { settingsOf, settingsWith } from "./settings.js";
import { print } from "./terminal.js";

export interface ReplayArguments {
  readonly file: string | undefined;
  readonly scenario: string | undefined;
  readonly driver: string;
  readonly fix: string | undefined;
  readonly property: string;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly path: string | undefined;
  readonly loop: number | undefined;
  readonly hash: string | undefined;
  readonly json: boolean;
}

export async function runReplay(args: ReplayArguments): Promise<ExitStatus> {
  const request = await (args.file === undefined ? requestOfOptions(args) : requestOfFile(args.file));
  const { unbroken, trace } = replay(request);
  if (args.json) {
    print(JSON.stringify(trace, null, 2));
  } else {
    const verdict = unbroken === undefined ? `VIOLATED ${whereBroken(trace)}` : `NOT VIOLATED, ${unbroken}`;
    const shown = unbroken === undefined ? [traceText(trace), ""] : [];
    print(
      [
        `pmucheck: replayed, ${trace.property} ${verdict}: ${whereChecked(trace)}`,
        "",
        ...shown,
        replayLine(trace),
      ].join("\n"),
    );
  }
  return unbroken === undefined ? exitStatusOfTrace(trace) : EXIT.vacuous;
}

async function requestOfFile(file: string): Promise<ReplayRequest> {
  const {
    scenario: name,
    driver,
    fix,
    property,
    config,
    hash,
    steps,
    loop,
  } = readTrace(readText(file), file);
  const scenario = scenarioNamed(name);
  const settings = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, String(value)]));
  return {
    scenario,
    driver: await driverWithFixes(driverNamed(driver), fix),
    property: propertyNamed(property),
    configuration: configure(scenario.parameters, settings),
    hash,
    steps,
    loop,
  };
}

async function requestOfOptions(args: ReplayArguments): Promise<ReplayRequest> {
  if (args.scenario === undefined || args.path === undefined) {
    throw new PmucheckError(
      "PMC104",
      "replay takes a FILE, or --scenario and --path as a check printed them",
    );
  }
  const scenario = scenarioNamed(args.scenario);
  const driver = await driverWithFixes(driverNamed(args.driver), args.fix);
  return {
    scenario,
    driver,
    property: propertyNamed(args.property),
    configuration: configure(scenario.parameters, settingsWith(driver, settingsOf(args))),
    hash: args.hash,
    steps: decodePath(args.path).map((index) => ({ index })),
    loop: args.loop ?? null,
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PmucheckError("PMC111", `cannot read ${file}: ${reason}`);
  }
}
