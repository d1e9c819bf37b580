/**
 * Leaves: the single values within a component, by name: `event.A.hw.period_left`, `cpu0.pmu.PMOVS`.
 *
 * Kernel stacks are left out.
 */
import { Interned, showValue, type Value } from "../spec/value.js";
import type { LeafChange } from "../trace/explanation.js";

/** The leaves of a plain value, by name, with their values as a trace shows them. */
export function leavesOf(name: string, value: unknown): Map<string, string> {
  const leaves = new Map<string, string>();
  collect(name, value, leaves);
  return leaves;
}

function collect(name: string, value: unknown, into: Map<string, string>): void {
  if (value instanceof Interned) return;
  if (typeof value === "object" && value !== null) {
    if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)) {
      // A state is plain data, as `keyOf` has checked.
      into.set(name, showValue(value as Value));
      return;
    }
    for (const [key, field] of Object.entries(value)) collect(`${name}.${key}`, field, into);
    return;
  }
  into.set(name, showValue(value as Value));
}

const NOTHING = "nothing";

/** The leaves that differ between two values of a component; `nothing` stands for a leaf that does not exist. */
export function differences(name: string, before: unknown, after: unknown): LeafChange[] {
  if (before === after) return [];
  const [old, now] = [leavesOf(name, before), leavesOf(name, after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((leaf) => {
    const [from, to] = [old.get(leaf) ?? NOTHING, now.get(leaf) ?? NOTHING];
    // A stack without frames is a leaf and one with frames is none; both are left out.
    const isStack = [from, to].includes(NOTHING) && [from, to].includes("[]");
    return from === to || isStack ? [] : [{ name: leaf, from, to }];
  });
}
