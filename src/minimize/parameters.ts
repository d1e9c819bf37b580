/**
 * Smaller worlds: which values of a scenario's parameters to try when a trace is made smaller.
 *
 * Only what is a size shrinks: a number that can be more than 0 or 1. A mode (which interrupt, which counter, a switch)
 * says what the question is, and stays. fast-check's integers know the order in which to try.
 */
import { integer } from "fast-check";

import type { Configuration, Parameter } from "../spec/parameter.js";
import type { ParameterLimit } from "./parameter-limit.js";

/** Configurations that differ in one parameter, which is smaller; the smallest first. */
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

/** A value below its default was asked for, and stays; so does a bound where there is none by default. */
function leastByDefault(parameter: Exclude<Parameter, { kind: "choice" }>, value: number): number {
  return parameter.default === "any" ? value : Math.min(value, parameter.default);
}
