/**
 * What a scenario can be checked with: the drivers and properties that pmucheck ships, or those of a model of one's own.
 */
import { propertiesOfModels } from "../../../properties/of-models.js";
import { PmucheckError, type ErrorCode } from "../../spec/errors.js";
import { nearest } from "../../spec/nearest.js";
import type { Property } from "../../spec/property.js";
import type { Driver, OwnParts, Scenario } from "../../spec/scenario.js";
import { defaultDriver, defaultProperty, driverNamed, propertyNamed } from "./catalogue.js";
import { isFile } from "./is-file.js";

type Chosen = Pick<Scenario, "name" | "properties" | "own">;

/** By its name, or the default if none is given. Throws PMC102, and what {@link driverNamed} throws. */
export function driverFor({ name, own }: Chosen, asked: string | undefined): Driver {
  if (own === undefined) return driverNamed(asked ?? defaultDriver.name);
  const [first] = own.drivers;
  const found = asked === undefined ? first : own.drivers.find((driver) => driver.name === asked);
  return found ?? unknown("PMC102", name, "driver", asked, own.drivers);
}

/** The same of a property, of any file too. Throws PMC103, and what {@link propertyNamed} throws. */
export async function propertyFor(scenario: Chosen, asked: string | undefined): Promise<Property> {
  const { name, own } = scenario;
  if (own === undefined || (asked !== undefined && isFile(asked))) {
    return propertyNamed(asked ?? defaultProperty.name);
  }
  const known = propertiesOf(scenario, own);
  const found = asked === undefined ? known[0] : known.find((property) => property.name === asked);
  return found ?? unknown("PMC103", name, "property", asked, known);
}

/** Those that the model names, in its order. */
export function propertiesOf({ properties }: Chosen, own: OwnParts): readonly Property[] {
  const all = [...own.properties, ...propertiesOfModels];
  return properties.flatMap((name) => all.find((property) => property.name === name) ?? []);
}

function unknown(
  code: ErrorCode,
  model: string,
  what: string,
  asked: string | undefined,
  among: readonly { readonly name: string }[],
): never {
  const hint = nearest(
    asked ?? "",
    among.map((one) => one.name),
  );
  throw new PmucheckError(code, `${model} has no ${what} '${asked}'${hint}`);
}
