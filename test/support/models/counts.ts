/** What two descriptions of one system have in common: the verdict, and how many states and steps there are. */
import { check } from "../../../src/check/verdict/check.js";
import { shippedProperty, shippedScenario, witnesses } from "../../../src/cli/arguments/catalogue.js";
import { configure } from "../../../src/spec/parameter.js";
import type { Driver } from "../../../src/spec/scenario.js";
import type { CheckDocument } from "../../../src/trace/document.js";

export interface Cell {
  readonly scenario: string;
  readonly property: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly maxStates?: number;
}

export type Counts = Pick<
  CheckDocument,
  "verdict" | "reason" | "complete" | "states" | "transitions" | "depth" | "witnesses"
>;

export function counts(driver: Driver, cell: Cell): Counts {
  const { verdict, reason, complete, states, transitions, depth, witnesses: reached } = checked(driver, cell);
  return { verdict, reason, complete, states, transitions, depth, witnesses: reached };
}

export function checked(
  driver: Driver,
  { scenario: name, property, settings, maxStates }: Cell,
): CheckDocument {
  const scenario = shippedScenario(name);
  return check({
    scenario,
    driver,
    property: shippedProperty(property),
    configuration: configure(scenario.parameters, settings),
    witnesses,
    maxStates: maxStates ?? 5_000_000,
  });
}
