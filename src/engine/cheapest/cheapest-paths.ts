/**
 * Cheapest paths: after a search that found what is broken, paths there that are least in cost, then in steps.
 *
 * A path that the search found is a shortest one, so a better one is cheaper. States are visited once more, in the order
 * of cost and then of steps (cost-search.ts), until what is looked for is met or nothing cheaper than the path at hand is
 * left. What was learned of the system is used again, and so is the memory.
 */
import type { Observation } from "../../spec/observation.js";
import type { TransitionSystem } from "../../spec/transition-system.js";
import { CapacityError } from "../memory/budget.js";
import { CostSearch } from "./cost-search.js";
import type { Cheapest, End, PathStep } from "../api/result.js";
import type { Search } from "../search/breadth-first.js";
import { stoppable } from "../api/cooperative.js";
import type { Limits } from "../api/limits.js";

type Cost = (observation: Observation) => number;

/** The search is over and loses its states. A step of the generator is some thousand moves at most. */
export function* cheapestOf(
  search: Search,
  cost: Cost,
  limits: Limits,
  end: End,
): Generator<undefined, Cheapest> {
  const { system } = search;
  const { breaks } = search.findings;
  const none = breaks.map(() => undefined);
  if (end.kind === "bound") return { breaks: none, stuck: undefined, bound: end.bound, states: 0 };
  const below = breaks.map((found) => (found === undefined ? 0 : costOf(system, found.path, cost)));
  const toBreaks = new CostSearch(search, limits, { below, stuckBelow: 0, forbidden: () => false });
  const boundOfBreaks = yield* boundOf(toBreaks, limits);
  const found = breaks.map(
    (one, goal) => toBreaks.found.breaks[goal] ?? (boundOfBreaks === undefined ? one : undefined),
  );
  if (end.kind !== "stuck" || boundOfBreaks !== undefined) {
    return { breaks: found, stuck: undefined, bound: boundOfBreaks, states: toBreaks.states };
  }
  // Another search, because this path breaks nothing on its way: else that would be what it shows.
  const toStuck = new CostSearch(search, limits, {
    below: breaks.map(() => 0),
    stuckBelow: costOf(system, end.path, cost),
    forbidden: (goal) => breaks[goal] === undefined,
  });
  const bound = yield* boundOf(toStuck, limits);
  return {
    breaks: found,
    stuck: toStuck.found.stuck ?? (bound === undefined ? end.path : undefined),
    bound,
    states: toBreaks.states + toStuck.states,
  };
}

/** Runs the search; what it ran out of, if it did: of time, if it was stopped. */
function* boundOf(search: CostSearch, { stop }: Limits): Generator<undefined, string | undefined> {
  try {
    return yield* stoppable(search.run(), stop);
  } catch (error) {
    if (error instanceof CapacityError) return error.message;
    throw error;
  }
}

function costOf(system: TransitionSystem, path: readonly PathStep[], cost: Cost): number {
  const state = [...system.initial];
  let sum = 0;
  for (const { process, outcome } of path) {
    const taken = system.run(process, (component) => state[component])[outcome];
    if (taken === undefined) throw new Error("the search took a step that the system does not have");
    for (const [component, value] of taken.writes) state[component] = value;
    sum += taken.observations.reduce((of, observation) => of + cost(observation), 0);
  }
  return sum;
}
