/**
 * Effects: the fields of a component that a step changed, and how to undo the change of one field.
 */
import type { Draft } from "immer";

import type { Component, View } from "../spec/component.js";
import { Interned } from "../spec/value.js";
import { withoutNumbers } from "./site.js";

/** The name of a component without its CPU: `pmu` for `cpu1.pmu`. */
export function componentKind({ name }: Component<unknown>): string {
  return name.replace(/^cpu\d+\./, "");
}

/** The names of the fields that differ: `pmu.PMOVS`, `gic.interrupts.*.pending`. A `*` stands for a number. */
export function changedFields(kind: string, before: unknown, after: unknown): readonly string[] {
  return [...new Set(changedPaths(before, after).map((path) => `${kind}.${withoutNumbers(path)}`))];
}

/** Gives the fields with the name `field` the values that they have in `before`. */
export function takeBack(view: View, component: Component<unknown>, field: string, before: unknown): void {
  const kind = componentKind(component);
  const paths = changedPaths(before, view.read(component)).filter(
    (path) => `${kind}.${withoutNumbers(path)}` === field,
  );
  if (paths.length === 0) return;
  view.update(component, (draft) => {
    for (const path of paths) restore(draft, path, before);
  });
}

type Fields = Record<string, unknown>;

function changedPaths(before: unknown, after: unknown): (readonly string[])[] {
  if (Object.is(before, after)) return [];
  if (!isInner(before) || !isInner(after) || Object.keys(before).length !== Object.keys(after).length) {
    return [[]];
  }
  return Object.keys(before).flatMap((name) =>
    changedPaths(before[name], after[name]).map((path) => [name, ...path]),
  );
}

function restore(draft: Draft<unknown>, path: readonly string[], before: unknown): void {
  // changedPaths found the path in values of this component, so each name but the last leads to an object.
  let at = draft as Fields;
  let was = before as Fields;
  for (const name of path.slice(0, -1)) {
    at = at[name] as Fields;
    was = was[name] as Fields;
  }
  const last = path.at(-1);
  if (last !== undefined) at[last] = was[last];
}

/** An object or an array whose fields are compared one by one. */
function isInner(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !(value instanceof Interned);
}
