/**
 * `pmucheck check`: scenarios x one driver x one property -> verdicts.
 */
import { verdictLine, verdictText } from "../report/text.js";
import { configure } from "../spec/parameter.js";
import type { CheckDocument } from "../trace/document.js";
import { check } from "../verify/check.js";
import { driverNamed, propertyNamed, scenarioNamed, scenarios, witnesses } from "./catalogue.js";
import { exitStatusOf, worstOf, type ExitStatus } from "./exit-status.js";
import { resultIn, type ResultFormat } from "./result-formats.js";
import { settingsOf } from "./settings.js";
import { print, ProgressLine } from "./terminal.js";

export interface CheckArguments {
  readonly scenario: readonly string[];
  readonly driver: string;
  readonly property: string;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly maxStates: number;
  readonly format: ResultFormat;
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
    return { scenario, driver, property, configuration, witnesses, maxStates: args.maxStates };
  });
  const checks: CheckDocument[] = [];
  for (const request of requests) {
    const line = new ProgressLine(`${request.scenario.name}, ${driver.name}`);
    const onProgress = args.progress ? { onProgress: line.show.bind(line) } : {};
    const document = check({ ...request, ...onProgress });
    line.clear();
    checks.push(document);
    if (args.format === "text")
      print(args.quiet ? verdictLine(document) : `${checks.length > 1 ? "\n" : ""}${verdictText(document)}`);
  }
  if (args.format !== "text") print(resultIn(args.format, checks));
  return worstOf(checks.map(exitStatusOf));
}
