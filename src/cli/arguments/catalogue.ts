/**
 * From names on the command line to scenarios, drivers and properties: shipped ones, or those in the user's own files.
 */
import { defaultDriver, drivers, releases, scenarios } from "../../../models/catalogue.js";
import { edits } from "../../../models/edits/catalogue.js";
import { fixes } from "../../../models/fixes/catalogue.js";
import { defaultProperty, properties, witnesses } from "../../../properties/catalogue.js";
import type { Defaults } from "../../report/trace/replay-command.js";
import { fixOfEdit } from "../../spec/edit.js";
import { PmucheckError, type ErrorCode } from "../../spec/errors.js";
import type { Fix } from "../../spec/fix.js";
import { configure } from "../../spec/parameter.js";
import { nearest } from "../../spec/nearest.js";
import type { Property } from "../../spec/property.js";
import type { Driver, Scenario } from "../../spec/scenario.js";
import { isWorkload } from "../workload/workload.js";
import { isFile } from "./is-file.js";
import { isKernelName, kernelDriverNamed } from "./kernel.js";
import { driverOfVersion, parseVersion } from "./kernel-version.js";

export { defaultDriver, defaultProperty, drivers, edits, fixes, properties, releases, scenarios, witnesses };

/**
 * A shipped scenario, the one in a file, or a quick workload. Throws PMC101, and for a file what loadScenarioFile does, for a
 * workload what workloadScenario does.
 */
export async function scenarioNamed(name: string): Promise<Scenario> {
  if (isWorkload(name)) return (await import("../workload/scenario.js")).workloadScenario(name);
  return isFile(name) ? (await import("./scenario-file.js")).loadScenarioFile(name) : shippedScenario(name);
}

/** A shipped scenario. Throws PMC101. */
export function shippedScenario(name: string): Scenario {
  return find(scenarios, name, "PMC101", "scenario");
}

/** The same for several, in their order. */
export async function scenariosNamed(names: readonly string[]): Promise<readonly Scenario[]> {
  const found: Scenario[] = [];
  for (const name of names) found.push(await scenarioNamed(name));
  return found;
}

/**
 * By its name, by a kernel's version (`6.6`, `v6.12.40`, `5.15.y`), or from a tree (`kernel:DIR`), with patches. Throws PMC102,
 * and what kernelDriverNamed throws.
 */
export function driverNamed(name: string, patches: readonly string[] = []): Driver {
  if (isKernelName(name)) return kernelDriverNamed(name, (base) => driverNamed(base), patches);
  const version = drivers.some((driver) => driver.name === name) ? undefined : parseVersion(name);
  return version === undefined
    ? find(drivers, name, "PMC102", "driver")
    : driverOfVersion(drivers, version, name);
}

/** A shipped property, or the one in a file. Throws PMC103, and for a file what loadPropertyFile does. */
export async function propertyNamed(name: string): Promise<Property> {
  return isFile(name) ? (await import("./property-file.js")).loadPropertyFile(name) : shippedProperty(name);
}

/** A shipped property. Throws PMC103. */
export function shippedProperty(name: string): Property {
  return find(properties, name, "PMC103", "property");
}

/** A shipped fix, or an edit of the search for fixes as one. Throws PMC130. */
export function fixNamed(name: string): Fix {
  const edit = edits.find((one) => one.name === name);
  const isFix = fixes.some((one) => one.name === name);
  return edit === undefined || isFix ? find(fixes, name, "PMC130", "fix") : fixOfEdit(edit);
}

function find<T extends { readonly name: string }>(
  among: readonly T[],
  name: string,
  code: ErrorCode,
  what: string,
): T {
  const found = among.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    among.map((candidate) => candidate.name),
  );
  // A list of all scenarios would be longer than what is wrong.
  const hint = name.includes("=")
    ? `; to set a parameter, write --set ${name}`
    : near.startsWith("; known")
      ? ` (see pmucheck list ${what})`
      : near;
  throw new PmucheckError(code, `unknown ${what} '${name}'${hint}`);
}

/** What a check of the scenario is about where nothing is said. */
export function defaultsOf({ parameters, own, properties: names }: Scenario): Defaults {
  return {
    driver: own?.drivers[0]?.name ?? defaultDriver.name,
    property: (own && names[0]) ?? defaultProperty.name,
    config: configure(parameters, {}),
  };
}
