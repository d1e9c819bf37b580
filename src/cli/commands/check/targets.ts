/**
 * From the options that say what is checked to targets.
 */
import { PmucheckError } from "../../../spec/errors.js";
import { configure } from "../../../spec/parameter.js";
import { refusalOf, systemOf, type Target } from "../../../check/target.js";
import { scenariosNamed, scenarios } from "../../arguments/catalogue.js";
import { driverFor, propertyFor } from "../../arguments/choices.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { settingsOf, settingsWith } from "../../arguments/parameter-settings.js";
import { complain } from "../../terminal/terminal.js";

export interface TargetArguments {
  readonly scenario: readonly string[];
  /** Undefined for the scenario's default. */
  readonly driver: string | undefined;
  readonly fix: string | undefined;
  readonly property: string | undefined;
  readonly irq?: string | undefined;
  readonly set: readonly string[];
}

/**
 * Everything the user asked for is understood before the first check starts. Of all scenarios, those that cannot be are
 * left out, and said to be; one that was named is an error, PMC107.
 */
export async function targetsOf(args: TargetArguments): Promise<readonly Target[]> {
  const isNamed = args.scenario.length > 0;
  const chosen = isNamed ? await scenariosNamed(args.scenario) : scenarios;
  const possible: Target[] = [];
  const refused: string[] = [];
  for (const scenario of chosen) {
    const driver = await driverWithFixes(driverFor(scenario, args.driver), args.fix);
    const property = await propertyFor(scenario, args.property);
    const settings = settingsWith(driver, settingsOf(args));
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

/** Says on what there is no verdict because of an interruption. */
export function tellUnchecked(targets: readonly Target[]): void {
  if (targets.length === 0) return;
  complain(`pmucheck: not checked any more: ${targets.map(({ scenario }) => scenario.name).join(", ")}`);
}
