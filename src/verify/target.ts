/**
 * Targets: what a check, a replay or a trace is about.
 */
import type { Configuration } from "../spec/parameter.js";
import type { Property } from "../spec/property.js";
import type { Driver, Scenario } from "../spec/scenario.js";
import type { Subject } from "../trace/document.js";

/** One property of one system. */
export interface Target {
  readonly scenario: Scenario;
  readonly driver: Driver;
  readonly property: Property;
  readonly configuration: Configuration;
}

/** A target by its names. */
export function subjectOf({ scenario, driver, property, configuration }: Target): Subject {
  return {
    scenario: scenario.name,
    driver: driver.name,
    ...(driver.fix === undefined ? {} : { fix: driver.fix.name }),
    property: property.name,
    config: configuration,
  };
}

/** The rule that every system keeps whatever the property: something can always happen. */
export const NEVER_STUCK = "never-stuck";
