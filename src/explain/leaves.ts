/**
 * The values within a state, each by name: `event.A.hw.period_left`, `cpu0.pmu.PMOVS`.
 *
 * A kernel stack is no value of anybody's but the CPU's, and is left out.
 */
import { Interned, showValue, type Value } from "../spec/value.js";
import type { LeafChange } from "../trace/explanation.js";

/** The leaves of a plain value, shown as in a trace. */
export function leavesOf(name: string, value: unknown): Map<string, string> {
  const leaves = new Map<string, string>();
  collect(name, value, leaves);
  return leaves;
}

function collect(name: string, value: unknown, into: Map<string, string>): void {
  if (value instanceof Interned) return;
  if (typeof value === "object" && value !== null) {
    if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)) {
      // The cast is what `keyOf` checks of every state: it is plain data.
      into.set(name, showValue(value as Value));
      return;
    }
    for (const [key, field] of Object.entries(value)) collect(`${name}.${key}`, field, into);
    return;
  }
  into.set(name, showValue(value as Value));
}

const NOTHING = "nothing";

/** What differs between two values of a component. */
export function differences(name: string, before: unknown, after: unknown): LeafChange[] {
  if (before === after) return [];
  const [old, now] = [leavesOf(name, before), leavesOf(name, after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((leaf) => {
    const [from, to] = [old.get(leaf) ?? NOTHING, now.get(leaf) ?? NOTHING];
    // An empty stack is a leaf, one with frames is not: neither is of interest.
    const isStack = [from, to].includes(NOTHING) && [from, to].includes("[]");
    return from === to || isStack ? [] : [{ name: leaf, from, to }];
  });
}
