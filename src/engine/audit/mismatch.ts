/**
 * Mismatches: what the audit has found is a fault of the engine, never one of a model and never a verdict.
 */
import { inspect } from "node:util";

import type { TransitionSystem } from "../../spec/transition-system.js";

/** What the search keeps is not what the system does. Its message names the state. */
export class AuditMismatch extends Error {
  override readonly name = "AuditMismatch";
}

/** Longer values are cut off: the state's number says which one it is, too. */
const WIDTH = 200;

/** A state as a mismatch names it: the components that are not as in another state, a line each. */
export function showState(
  { components }: TransitionSystem,
  state: readonly unknown[],
  other: readonly unknown[],
  otherName: string,
): string {
  const changed = components.flatMap((name, component) =>
    state[component] === other[component] ? [] : [`  ${name} = ${show(state[component])}`],
  );
  return [...changed, `  ${changed.length === 0 ? "all" : "all else"} as in ${otherName}`].join("\n");
}

function show(value: unknown): string {
  const text = inspect(value, { depth: 8, breakLength: Infinity, compact: true, sorted: true });
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 3)}...` : text;
}
