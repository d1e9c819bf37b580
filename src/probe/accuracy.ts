/**
 * How accurate the probe is, as the checker decides it: a scenario, a driver and an interrupt mode at a time.
 */
import { checkAll } from "../check/verdict/check.js";
import { refusalOf } from "../check/target.js";
import { withFixes, type Fix } from "../spec/fix.js";
import type { Configuration } from "../spec/parameter.js";
import type { Property, Witness } from "../spec/property.js";
import type { Driver, Scenario } from "../spec/scenario.js";
import type { CheckDocument, TraceDocument } from "../trace/document.js";

/**
 * exact: it counts each loss and nothing else. nothing: likewise, and nothing is lost there. misses: an overflow is lost
 * that it does not count. too-many: it counts what is not lost. both: either. undecided: a bound was hit, or the driver reports
 * falsely by itself. refused: the scenario cannot be with this driver.
 */
export type Accuracy = "exact" | "nothing" | "misses" | "too-many" | "both" | "undecided" | "refused";

export interface AccuracyCell {
  readonly scenario: string;
  readonly driver: string;
  readonly config: Configuration;
  readonly accuracy: Accuracy;
  /** An execution in which a loss is not counted. */
  readonly missed: TraceDocument | null;
  /** An execution in which something is counted that is not lost. */
  readonly excess: TraceDocument | null;
}

export interface AccuracyRequest {
  readonly scenario: Scenario;
  readonly driver: Driver;
  readonly configuration: Configuration;
  /** The probe as an observer of a driver (models/observers). */
  readonly observer: Fix;
  readonly noLoss: Property;
  readonly noDuplicate: Property;
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
  /** Why to stop; undefined to go on. What is stopped is undecided. */
  readonly stop?: (() => string | undefined) | undefined;
}

export function accuracyOf(request: AccuracyRequest): AccuracyCell {
  const { scenario, driver, configuration, observer } = request;
  const cell = { scenario: scenario.name, driver: driver.name, config: configuration };
  if (refusalOf({ scenario, driver, configuration }) !== undefined) {
    return { ...cell, accuracy: "refused", missed: null, excess: null };
  }
  const alone = verdicts(request, driver);
  const watched = verdicts(request, withFixes(driver, observer.name, [observer]));
  const all = [alone.loss, alone.duplicate, watched.loss, watched.duplicate];
  // A trace counts only where the driver without the observer does not already do what it shows.
  const missed = watched.loss?.trace ?? null;
  const excess = alone.duplicate?.verdict === "violated" ? null : (watched.duplicate?.trace ?? null);
  const open =
    all.some((one) => one === undefined || one.verdict === "inconclusive" || one.verdict === "error") ||
    alone.duplicate?.verdict === "violated";
  return { ...cell, missed, excess, accuracy: accuracyBy(missed, excess, open, alone.loss) };
}

function accuracyBy(
  missed: TraceDocument | null,
  excess: TraceDocument | null,
  open: boolean,
  loss: CheckDocument | undefined,
): Accuracy {
  if (missed !== null && excess !== null) return "both";
  if (missed !== null) return "misses";
  if (excess !== null) return "too-many";
  if (open) return "undecided";
  return loss?.verdict === "violated" ? "exact" : "nothing";
}

function verdicts(request: AccuracyRequest, driver: Driver) {
  const { scenario, configuration, noLoss, noDuplicate, witnesses, maxStates, stop } = request;
  const properties = [noLoss, noDuplicate];
  const [loss, duplicate] = checkAll({
    scenario,
    driver,
    configuration,
    properties,
    witnesses,
    maxStates,
    stop,
  });
  return { loss, duplicate };
}
