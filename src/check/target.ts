/**
 * Targets: what a check, a replay or a trace is about.
 */
import { mustBeSystem } from "./input/system-schema.js";
import { blaming } from "../spec/blame.js";
import { PmucheckError } from "../spec/errors.js";
import type { Configuration } from "../spec/parameter.js";
import { withMemories, type Property } from "../spec/property.js";
import type { Driver, Scenario } from "../spec/scenario.js";
import type { System } from "../spec/system.js";
import type { Subject } from "../trace/document.js";

/** One property of one system. */
export interface Target {
  readonly scenario: Scenario;
  readonly driver: Driver;
  readonly property: Property;
  readonly configuration: Configuration;
}

/** The fixes in the driver, as a document says them; nothing if there are none. */
export function fixOf({ fix }: Driver): Pick<Subject, "fix"> {
  return fix === undefined ? {} : { fix: fix.name };
}

/** A target by its names. */
export function subjectOf({ scenario, driver, property, configuration }: Target): Subject {
  return {
    scenario: scenario.name,
    driver: driver.name,
    ...fixOf(driver),
    property: property.name,
    config: configuration,
  };
}

/** The sources of what in the target is not shipped: fixes, a kernel tree's C, a scenario and a property in files of the user's. */
export function textsOf({ driver, scenario, property }: Target): string[] {
  return [driver.fix?.text, driver.source?.digest, scenario.text, property.text].filter(
    (text) => text !== undefined,
  );
}

/** Why the scenario cannot be with this driver and configuration; undefined if it can. */
export function refusalOf({ scenario, driver, configuration }: SystemTarget): string | undefined {
  const reason = scenario.refuses?.(driver, configuration);
  return reason === undefined ? undefined : `${scenario.name} with ${driver.name}: ${reason}`;
}

/** The system to be explored or walked. Throws PMC107 if there can be none, or its parameters do not go together. */
export function systemOf(target: SystemTarget): System {
  const refusal = refusalOf(target);
  if (refusal !== undefined) throw new PmucheckError("PMC107", refusal);
  return built(target);
}

/**
 * The system, whether or not it can be, with what the property or the properties remember of it. Throws PMC207 if the scenario
 * does not come to one.
 */
export function built(target: SystemTarget): System {
  const { scenario, driver, configuration } = target;
  const system = blaming(
    "PMC207",
    () => `scenario ${scenario.name} with ${driver.name}: build()`,
    () => {
      const made: unknown = scenario.build(driver, configuration);
      // JavaScript is not type-checked.
      if (typeof made !== "object" || made === null) throw new TypeError("it returned no system");
      mustBeSystem(made, `scenario ${scenario.name} with ${driver.name}`);
      return made;
    },
  );
  const made = { ...system, anew: driver.fix?.anew ?? driver.anew };
  return withMemories(made, propertiesOf(target));
}

type SystemTarget = Omit<Target, "property"> & {
  readonly property?: Property;
  readonly properties?: readonly Property[];
};

function propertiesOf({ property, properties }: SystemTarget): readonly Property[] {
  return properties ?? (property === undefined ? [] : [property]);
}

/** The rule that every system keeps whatever the property: something can always happen. */
export const NEVER_STUCK = "never-stuck";
