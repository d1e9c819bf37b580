/**
 * From names on the command line to a plan of the matrix; the same in the process that asks and in those that run it.
 */
import { PmucheckError } from "../../spec/errors.js";
import { configure } from "../../spec/parameter.js";
import type { Driver, Scenario } from "../../spec/scenario.js";
import type { MatrixJob, MatrixPlan } from "../../check/matrix/matrix.js";
import {
  driverNamed,
  properties as shippedProperties,
  propertyNamed,
  releases,
  scenarios,
  scenariosNamed,
  witnesses,
} from "../arguments/catalogue.js";
import { driverFor, propertiesOf, propertyFor } from "../arguments/choices.js";
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

/** A plan, and for each of its drivers the same without the fix. */
export interface NamedPlan extends MatrixPlan {
  readonly bases: readonly Driver[];
}

/**
 * Throws PMC101, PMC102 or PMC103 for a name there is not, PMC107 for settings that the fix contradicts, and what
 * driverWithFixes throws.
 */
export async function matrixPlan(choice: MatrixChoice): Promise<NamedPlan> {
  const { scenario, fix, irq, maxStates } = choice;
  const chosen = scenario.length === 0 ? scenarios : await scenariosNamed(scenario);
  const { drivers: bases, properties } = await among(chosen, choice);
  const fixed: Driver[] = [];
  for (const one of bases) fixed.push(await driverWithFixes(one, fix));
  const [any] = fixed;
  const asked = { ...choice.settings, ...(irq === undefined ? {} : { irq }) };
  const { irq: mode, ...settings } = any === undefined ? asked : settingsWith(any, asked);
  return {
    scenarios: chosen,
    drivers: fixed,
    bases,
    modes: mode === undefined ? ["irq", "nmi"] : [mode],
    settings,
    properties,
    witnesses,
    maxStates,
  };
}

/**
 * The drivers and properties of the matrix: the shipped ones, or those of a model. Throws PMC104 for a model among others,
 * PMC105 for an interrupt mode where a model has none.
 */
async function among(
  chosen: readonly Scenario[],
  { driver, property, irq }: MatrixChoice,
): Promise<Pick<MatrixPlan, "drivers" | "properties">> {
  const model = chosen.find(({ own }) => own !== undefined);
  if (model?.own === undefined) {
    return {
      drivers: driver === undefined ? releases : [driverNamed(driver)],
      properties: property === undefined ? shippedProperties : [await propertyNamed(property)],
    };
  }
  if (chosen.length > 1) {
    throw new PmucheckError(
      "PMC104",
      `${model.name} has drivers and properties of its own: check all of it without other scenarios`,
    );
  }
  if (irq !== undefined) configure(model.parameters, { irq });
  return {
    drivers: driver === undefined ? model.own.drivers : [driverFor(model, driver)],
    properties:
      property === undefined ? propertiesOf(model, model.own) : [await propertyFor(model, property)],
  };
}

/** The driver of a job without the fix. */
export function baseOf({ bases }: NamedPlan, { driver }: MatrixJob): Driver {
  const base = bases.find(({ name }) => name === driver);
  if (base === undefined) throw new Error(`a job of no driver: ${driver}`);
  return base;
}
