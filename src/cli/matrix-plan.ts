/**
 * From names on the command line to a plan of the matrix; the same in the process that asks and in those that run it.
 */
import type { MatrixPlan } from "../verify/matrix.js";
import {
  driverNamed,
  drivers,
  properties,
  propertyNamed,
  scenarioNamed,
  scenarios,
  witnesses,
} from "./catalogue.js";

/** What the user chose, by names; empty lists and undefined mean all. Plain data. */
export interface MatrixChoice {
  readonly scenario: readonly string[];
  readonly driver: string | undefined;
  readonly property: string | undefined;
  readonly irq: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly maxStates: number;
}

/** Throws PMC101, PMC102 or PMC103 for a name there is not. */
export function matrixPlan(choice: MatrixChoice): MatrixPlan {
  const { scenario, driver, property, irq, settings, maxStates } = choice;
  return {
    scenarios: scenario.length === 0 ? scenarios : scenario.map(scenarioNamed),
    drivers: driver === undefined ? drivers : [driverNamed(driver)],
    modes: irq === undefined ? ["irq", "nmi"] : [irq],
    settings,
    properties: property === undefined ? properties : [propertyNamed(property)],
    witnesses,
    maxStates,
  };
}
