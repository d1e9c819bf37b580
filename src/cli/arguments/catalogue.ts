/**
 * From names on the command line to scenarios, drivers and properties.
 */
import { defaultDriver, drivers, releases, scenarios } from "../../../models/catalogue.js";
import { fixes } from "../../../models/fixes/catalogue.js";
import { defaultProperty, properties, witnesses } from "../../../properties/catalogue.js";
import { PmucheckError, type ErrorCode } from "../../spec/errors.js";
import type { Fix } from "../../spec/fix.js";
import { nearest } from "../../spec/nearest.js";
import type { Property } from "../../spec/property.js";
import type { Driver, Scenario } from "../../spec/scenario.js";

import { driverOfVersion, parseVersion } from "./kernel-version.js";

export { defaultDriver, defaultProperty, drivers, fixes, properties, releases, scenarios, witnesses };

/** Throws PMC101. */
export function scenarioNamed(name: string): Scenario {
  return find(scenarios, name, "PMC101", "scenario");
}

/** By its name, or by a kernel's version (`6.6`, `v6.12.40`, `5.15.y`). Throws PMC102. */
export function driverNamed(name: string): Driver {
  const version = drivers.some((driver) => driver.name === name) ? undefined : parseVersion(name);
  return version === undefined
    ? find(drivers, name, "PMC102", "driver")
    : driverOfVersion(drivers, version, name);
}

/** Throws PMC103. */
export function propertyNamed(name: string): Property {
  return find(properties, name, "PMC103", "property");
}

/** Throws PMC130. */
export function fixNamed(name: string): Fix {
  return find(fixes, name, "PMC130", "fix");
}

function find<T extends { readonly name: string }>(
  among: readonly T[],
  name: string,
  code: ErrorCode,
  what: string,
): T {
  const found = among.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const known = among.map((candidate) => candidate.name);
  const hint = name.includes("=") ? `; to set a parameter, write --set ${name}` : nearest(name, known);
  throw new PmucheckError(code, `unknown ${what} '${name}'${hint}`);
}
