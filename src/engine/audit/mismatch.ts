/**
 * Mismatches: what the audit has found is a fault of the engine, never one of a model and never a verdict.
 */
import { inspect } from "node:util";

import type { TransitionSystem } from "../../spec/transition-system.js";

/** What the search keeps is not what the system does. Its message names the state. */
export class AuditMismatch extends Error {
  override readonly name = "AuditMismatch";
}

/** A state as a mismatch names it: the components that are not as in the initial state, a line each. */
export function showState({ components, initial }: TransitionSystem, state: readonly unknown[]): string {
  const changed = components.flatMap((name, component) =>
    state[component] === initial[component] ? [] : [`  ${name} = ${show(state[component])}`],
  );
  return [
    ...changed,
    changed.length === 0 ? "  the initial state" : "  all else as in the initial state",
  ].join("\n");
}

function show(value: unknown): string {
  return inspect(value, { depth: Infinity, breakLength: Infinity, maxArrayLength: null, sorted: true });
}
