/**
 * What every verdict says of its target, however it was reached.
 */
import type { CheckDocument } from "../../trace/document.js";
import { fingerprint } from "../fingerprint.js";
import { subjectOf, textsOf, type Target } from "../target.js";

export type Preamble = Pick<
  CheckDocument,
  | "scenario"
  | "driver"
  | "property"
  | "fix"
  | "config"
  | "sentence"
  | "reference"
  | "assumptions"
  | "deviations"
  | "notModelled"
  | "hash"
  | "kernel"
>;

export function preambleOf(target: Target): Preamble {
  const { scenario, driver, property, configuration } = target;
  const touching = driver.deviations.filter(({ touches }) => touches?.(configuration) ?? true);
  return {
    ...subjectOf(target),
    ...(driver.source === undefined ? {} : { kernel: driver.source.report() }),
    sentence: property.sentence,
    reference: property.reference,
    assumptions: scenario.parameters.map(({ name, meaning }) => ({
      name,
      value: configuration[name] ?? "",
      meaning,
    })),
    deviations: touching.map(({ name }) => name),
    notModelled: touching.filter(({ does }) => does === "less").map(({ what }) => what),
    hash: fingerprint(subjectOf(target), textsOf(target)),
  };
}
