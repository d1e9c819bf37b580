/**
 * A search from the initial state for a path that breaks the same rule in the same way.
 *
 * Leaving out steps can reach a trace that no small change makes shorter, although a much shorter one exists. An
 * exhaustive search finds the shorter trace if the state space is small enough. That trace is another execution, and no
 * part of the given one.
 */
import type { Machine } from "../runtime/machine.js";
import type { Property } from "../spec/property.js";
import { breakOf, wayOf, type Break } from "../trace/record.js";
import { after, exploreFrom } from "../check/continuation.js";
import { goalOf } from "../check/verdict/watch.js";
import type { NamedStep } from "./path.js";

/**
 * A shortest such path; undefined if none is found within `maxStates` states, and without `broken`: a path that only
 * ends in a state without enabled steps breaks no rule, and is not searched for.
 */
export function shortestFromStart(
  machine: Machine,
  property: Property,
  broken: Break | undefined,
  maxStates: number,
): NamedStep[] | undefined {
  if (broken === undefined) return undefined;
  const { exploration, walk } = exploreFrom(
    machine,
    machine.initial,
    (_, outcome, read) => {
      const other = breakOf(machine, property, outcome.observations, machine.view(after(outcome, read)));
      return other !== undefined && wayOf(other) !== wayOf(broken);
    },
    { goals: [goalOf(machine, property)] },
    maxStates,
  );
  const [found] = exploration.breaks;
  return found === undefined
    ? undefined
    : walk(found.path).map(({ process, label: { choice } }) => ({ process, choice }));
}
