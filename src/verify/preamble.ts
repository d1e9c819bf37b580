/**
 * What every verdict says of its target, however it was reached.
 */
import type { CheckDocument } from "../trace/document.js";
import { fingerprint } from "./fingerprint.js";
import { subjectOf, type Target } from "./target.js";

export type Preamble = Pick<
  CheckDocument,
  | "scenario"
  | "driver"
  | "property"
  | "config"
  | "sentence"
  | "reference"
  | "assumptions"
  | "notModelled"
  | "hash"
>;

export function preambleOf(target: Target): Preamble {
  const { scenario, driver, property, configuration } = target;
  return {
    ...subjectOf(target),
    sentence: property.sentence,
    reference: property.reference,
    assumptions: scenario.parameters.map(({ name, meaning }) => ({
      name,
      value: configuration[name] ?? "",
      meaning,
    })),
    notModelled: [...driver.notModelled, ...scenario.notModelled],
    hash: fingerprint(subjectOf(target)),
  };
}
