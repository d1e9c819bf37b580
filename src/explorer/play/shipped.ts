/**
 * The models that come with pmucheck, by the names in a trace: a page has these in it, and no others.
 */
import { drivers, scenarios } from "../../../models/catalogue.js";
import { fixes } from "../../../models/fixes/catalogue.js";
import { properties } from "../../../properties/catalogue.js";
import { withFixes } from "../../spec/fix.js";
import { configure } from "../../spec/parameter.js";
import type { Property } from "../../spec/property.js";
import type { System } from "../../spec/system.js";
import type { Subject } from "../../trace/document.js";

export interface ShippedModel {
  readonly system: System;
  readonly property: Property;
}

/** What of the subject is not shipped, in words; undefined if all of it is. */
export function notShipped({ scenario, driver, fix, property }: Subject): string | undefined {
  const isNamed = (among: readonly { readonly name: string }[], name: string) =>
    among.some((one) => one.name === name);
  if (!isNamed(scenarios, scenario)) return `the scenario ${scenario} is a file of your own`;
  if (!isNamed(drivers, driver)) return `the driver ${driver} is not one of the models`;
  if (!isNamed(properties, property)) return `the property ${property} is a file of your own`;
  const foreign = (fix?.split("+") ?? []).find((name) => !isNamed(fixes, name));
  return foreign === undefined ? undefined : `the fix ${foreign} is a file of your own`;
}

/** The model of a subject. Throws what building it throws, and a RangeError for what is not shipped. */
export function shippedModel(subject: Subject): ShippedModel {
  const missing = notShipped(subject);
  if (missing !== undefined) throw new RangeError(missing);
  const scenario = named(scenarios, subject.scenario);
  const base = named(drivers, subject.driver);
  const { fix } = subject;
  const driver =
    fix === undefined
      ? base
      : withFixes(
          base,
          fix,
          fix.split("+").map((name) => named(fixes, name)),
        );
  const config = Object.entries(subject.config).map(([name, value]) => [name, String(value)]);
  // A fix may need a machine that is booted in another way.
  const settings = { ...Object.fromEntries(config), ...driver.fix?.settings } as Record<string, string>;
  return {
    system: scenario.build(driver, configure(scenario.parameters, settings)),
    property: named(properties, subject.property),
  };
}

function named<T extends { readonly name: string }>(among: readonly T[], name: string): T {
  const found = among.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`there is no ${name}`);
  return found;
}
