/**
 * The range of a parameter, for values that are no text: configure() looks at what a command line says.
 */
import type { Parameter } from "../../spec/parameter.js";

export function isOutside(of: Parameter, value: unknown): boolean {
  if (of.kind === "choice") return typeof value !== "string" || !of.choices.includes(value);
  if (of.kind === "bound" && value === "any") return false;
  return !Number.isInteger(value) || Number(value) < of.minimum || Number(value) > of.maximum;
}

/** What it takes, in words. */
export function rangeOf(of: Parameter): string {
  if (of.kind === "choice") return `one of ${of.choices.join(", ")}`;
  const range = `a whole number from ${of.minimum} to ${of.maximum}`;
  return of.kind === "bound" ? `${range}, or any` : range;
}
