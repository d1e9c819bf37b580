/**
 * Smaller worlds: the parameter values to try when a trace is minimized.
 *
 * Only sizes become smaller: numbers that can be more than 0 or 1. A mode (which interrupt, which counter, a switch) is
 * part of the question and stays. fast-check's integers give the order in which to try values.
 */
import { integer } from "fast-check";

import type { Configuration, Parameter } from "../spec/parameter.js";
import type { ParameterLimit } from "./parameter-limit.js";

/** Configurations in which one parameter is smaller; the smallest values first. */
export function smallerWorlds(
  parameters: readonly Parameter[],
  configuration: Configuration,
  limit: ParameterLimit,
): Configuration[] {
  if (limit === "keep") return [];
  return parameters.flatMap((parameter) => {
    const value = configuration[parameter.name];
    if (parameter.kind === "choice" || typeof value !== "number" || isSwitch(parameter)) return [];
    const least = limit === "default" ? leastByDefault(parameter, value) : parameter.minimum;
    if (least >= value) return [];
    return [...integer({ min: least, max: value }).shrink(value, undefined)].map((smaller) => ({
      ...configuration,
      [parameter.name]: smaller.value,
    }));
  });
}

function isSwitch({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }): boolean {
  return minimum === 0 && maximum === 1;
}

/** A value below the default was asked for and stays. So does a bound where the default is no bound. */
function leastByDefault(parameter: Exclude<Parameter, { kind: "choice" }>, value: number): number {
  return parameter.default === "any" ? value : Math.min(value, parameter.default);
}
