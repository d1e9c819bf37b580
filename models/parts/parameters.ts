/**
 * The assumptions that every model of one's own has: how long a period is, and how late an interrupt may come.
 */
import { choice, integer, type Parameter } from "../../src/spec/parameter.js";
import { period } from "../parameters.js";

export { period };

/** As long as the skid is shorter than the period, an overflow can be reported before the next one. */
export const skid = integer({
  name: "skid",
  default: 1,
  minimum: 0,
  maximum: 63,
  meaning: "occurrences still counted at rest between an overflow and its interrupt being taken, at most",
});

export const lag = choice({
  name: "lag",
  default: "any",
  choices: ["any", "none"],
  meaning: "how many steps of the kernel an interrupt may need to become pending: any number, or none",
});

export const kernelCounts = integer({
  name: "kernelCounts",
  default: 0,
  minimum: 0,
  maximum: 16,
  meaning: "occurrences counted in one stay in the kernel, at most; 0: what the kernel does is not counted",
});

export const partsParameters: readonly Parameter[] = [period, skid, lag, kernelCounts];
