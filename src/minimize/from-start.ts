/**
 * A search from the start for a path that breaks the same rule the same way.
 *
 * Leaving steps out of a trace can end where no small change helps, although there is a much shorter way. Where the
 * state space is within reach of the exhaustive search, that finds it; what it finds is another execution, not a part of
 * the trace.
 */
import type { Machine } from "../runtime/machine.js";
import type { Property } from "../spec/property.js";
import { breakOf, wayOf, type Break } from "../trace/record.js";
import { after, exploreFrom } from "../check/continuation.js";
import { goalOf } from "../check/verdict/watch.js";
import type { NamedStep } from "./path.js";

/** Undefined if none is found among so many states. A path that gets stuck breaks no rule and is not looked for. */
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
