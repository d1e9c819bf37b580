/**
 * Shapes that requests and systems have in common, and what is wrong with a value, in words that name its place.
 */
import { z } from "zod";

export const text = z.string().min(1, "an empty name");

export const called = z.instanceof(Function, { error: "not a function" });

/** No two of one name. */
export function withoutTwins(of: readonly { readonly name: string }[], context: z.RefinementCtx): void {
  const names = of.map(({ name }) => name);
  const at = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (at >= 0)
    context.addIssue({ code: "custom", path: [at, "name"], message: "there is another one of that name" });
}

/** `scenario.parameters.0.name is '': an empty name`; undefined if nothing is wrong. */
export function firstFault(schema: z.ZodType, value: unknown): string | undefined {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const where = issue.path.map(String).join(".");
  return `${where === "" ? "it" : where} is ${shown(valueAt(value, issue.path))}: ${issue.message}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (of, name) =>
      typeof of === "object" && of !== null ? (of as Record<PropertyKey, unknown>)[name] : undefined,
    value,
  );
}

const LONGEST = 60;

function shown(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > LONGEST ? `'${value.slice(0, LONGEST)}...'` : `'${value}'`;
    case "function":
      return "a function";
    case "object":
      return shownObject(value);
    default:
      return String(value);
  }
}

function shownObject(value: object | null): string {
  if (value === null) return "null";
  if (value instanceof Promise) return "a promise";
  return Array.isArray(value) ? `a list of ${value.length}` : "an object";
}
