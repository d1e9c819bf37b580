/**
 * `pmucheck check`: scenarios x one driver x one property -> verdicts.
 */
import type { EngineName } from "../engine/explore.js";
import { verdictLine, verdictText } from "../report/text.js";
import { configure } from "../spec/parameter.js";
import type { CheckDocument, ResultDocument } from "../trace/document.js";
import { check } from "../verify/check.js";
import { driverNamed, propertyNamed, scenarioNamed, scenarios, witnesses } from "./catalogue.js";
import { exitStatusOf, worstOf, type ExitStatus } from "./exit-status.js";
import { settingsOf } from "./settings.js";
import { print, ProgressLine } from "./terminal.js";
import { version } from "./version.js";

export interface CheckArguments {
  readonly scenario: readonly string[];
  readonly driver: string;
  readonly property: string;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly maxStates: number;
  readonly maxBytes: number;
  readonly engine: EngineName | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly progress: boolean;
}

export function runCheck(args: CheckArguments): ExitStatus {
  const driver = driverNamed(args.driver);
  const property = propertyNamed(args.property);
  const settings = settingsOf(args);
  const chosen = args.scenario.length === 0 ? scenarios : args.scenario.map(scenarioNamed);
  // Everything the user asked for is understood before the first check starts.
  const requests = chosen.map((scenario) => {
    const configuration = configure(scenario.parameters, settings);
    scenario.build(driver, configuration);
    const { maxStates, maxBytes, engine } = args;
    return { scenario, driver, property, configuration, witnesses, maxStates, maxBytes, engine };
  });
  const checks: CheckDocument[] = [];
  for (const request of requests) {
    const line = new ProgressLine(`${request.scenario.name}, ${driver.name}`);
    const onProgress = args.progress ? { onProgress: line.show.bind(line) } : {};
    const document = check({ ...request, ...onProgress });
    line.clear();
    checks.push(document);
    if (!args.json)
      print(args.quiet ? verdictLine(document) : `${checks.length > 1 ? "\n" : ""}${verdictText(document)}`);
  }
  if (args.json) print(JSON.stringify(resultOf(checks), null, 2));
  return worstOf(checks.map(exitStatusOf));
}

function resultOf(checks: readonly CheckDocument[]): ResultDocument {
  return { tool: "pmucheck", version, checks };
}
