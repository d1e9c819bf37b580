/**
 * Shorthand for checks in tests: names and settings in, a verdict document out.
 */
import { drivers, scenarios } from "../../../models/catalogue.js";
import { properties, witnesses } from "../../../properties/catalogue.js";
import { configure, type Configuration } from "../../../src/spec/parameter.js";
import type { Property } from "../../../src/spec/property.js";
import type { Driver, Scenario } from "../../../src/spec/scenario.js";
import type { CheckDocument } from "../../../src/trace/document.js";
import { check } from "../../../src/check/verdict/check.js";

export interface Asked {
  readonly scenario: string;
  readonly property?: string;
  readonly driver?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly maxStates?: number;
}

export interface Resolved {
  readonly scenario: Scenario;
  readonly driver: Driver;
  readonly property: Property;
  readonly configuration: Configuration;
}

export function resolve({
  scenario,
  property = "exactly-once",
  driver = "linux-6.5",
  set = {},
}: Asked): Resolved {
  const of = named(scenarios, scenario);
  return {
    scenario: of,
    driver: named(drivers, driver),
    property: named(properties, property),
    configuration: configure(of.parameters, set),
  };
}

export function checked(asked: Asked): CheckDocument {
  return check({ ...resolve(asked), witnesses, maxStates: asked.maxStates ?? 1e7 });
}

function named<T extends { readonly name: string }>(among: readonly T[], name: string): T {
  const found = among.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}
