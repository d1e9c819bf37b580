/**
 * From names on the command line to a plan of the matrix; the same in the process that asks and in those that run it.
 */
import type { Driver } from "../../spec/scenario.js";
import type { MatrixPlan } from "../../check/matrix/matrix.js";
import {
  driverNamed,
  properties,
  propertyNamed,
  releases,
  scenarios,
  scenariosNamed,
  witnesses,
} from "../arguments/catalogue.js";
import { driverWithFixes } from "../arguments/fixes.js";
import { settingsWith } from "../arguments/parameter-settings.js";

/** What the user chose, by names; empty lists and undefined mean all. Plain data. */
export interface MatrixChoice {
  readonly scenario: readonly string[];
  readonly driver: string | undefined;
  /** Applied to every driver; undefined means none. */
  readonly fix: string | undefined;
  readonly property: string | undefined;
  readonly irq: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly maxStates: number;
}

/**
 * Throws PMC101, PMC102 or PMC103 for a name there is not, PMC107 for settings that the fix contradicts, and what
 * driverWithFixes throws.
 */
export async function matrixPlan(choice: MatrixChoice): Promise<MatrixPlan> {
  const { scenario, driver, fix, property, irq, maxStates } = choice;
  const fixed: Driver[] = [];
  for (const one of driver === undefined ? releases : [driverNamed(driver)]) {
    fixed.push(await driverWithFixes(one, fix));
  }
  const [any] = fixed;
  const asked = { ...choice.settings, ...(irq === undefined ? {} : { irq }) };
  const { irq: mode, ...settings } = any === undefined ? asked : settingsWith(any, asked);
  return {
    scenarios: scenario.length === 0 ? scenarios : await scenariosNamed(scenario),
    drivers: fixed,
    modes: mode === undefined ? ["irq", "nmi"] : [mode],
    settings,
    properties: property === undefined ? properties : [await propertyNamed(property)],
    witnesses,
    maxStates,
  };
}
