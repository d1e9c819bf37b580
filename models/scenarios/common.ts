/**
 * What the scenarios share: their parameters, and which of them go together.
 */
import { PmucheckError } from "../../src/spec/errors.js";
import { valueOf, type Configuration, type Parameter } from "../../src/spec/parameter.js";
import * as parameters from "../parameters.js";

export const commonParameters: readonly Parameter[] = [
  parameters.irq,
  parameters.period,
  parameters.skid,
  parameters.slice,
  parameters.excludeKernel,
  parameters.kernelCounts,
  parameters.switches,
  parameters.event,
  parameters.long,
  parameters.counters,
  parameters.pmuv3p5,
];

export function switching(configuration: Configuration): boolean {
  return valueOf(configuration, parameters.switches) === 1;
}

/** Throws PMC107 if the event does not fit on the counters. */
export function mustFit(configuration: Configuration): void {
  const chained =
    valueOf(configuration, parameters.long) === 1 &&
    valueOf(configuration, parameters.pmuv3p5) === 0 &&
    valueOf(configuration, parameters.event) !== "cycles";
  if (chained && valueOf(configuration, parameters.counters) < 2) {
    throw new PmucheckError(
      "PMC107",
      "long=1 needs two 32-bit counters to chain: set counters=2 or more, or pmuv3p5=1 for 64-bit counters",
    );
  }
}
