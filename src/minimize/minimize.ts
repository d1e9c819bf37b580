/**
 * Minimizing: a trace in, the smallest that was found to break the same rule the same way out.
 *
 *   1. cycles cut out, blocks of steps commuted, steps left out (delta debugging)
 *   2. short cuts through all states near the path, again and again
 *   3. a shortest path of all, if a search from the start finds it within its bound, followed by 1 and 2
 *   4. smaller parameters, each followed by all of it
 *
 * until nothing helps any more. Every candidate is accepted only by walking it to the same end. The result is
 * 1-minimal: leaving out any one of its steps, and those that cannot be taken then, no longer leads to that end. It is
 * a shortest trace only if the short cuts saw all reachable states, and the result says whether they did.
 * Not supported: traces that end in a loop; a loop has to be fair to every process, which leaving steps out does not keep.
 */
import { Machine } from "../runtime/machine.js";
import { PmucheckError } from "../spec/errors.js";
import { configure, type Configuration } from "../spec/parameter.js";
import type { MinimizedTrace, Size } from "../trace/explanation.js";
import { StateGraph } from "../trace/state-graph.js";
import { traceOfPath } from "../check/verdict/counterexample.js";
import { replayBreaking, type ReplayRequest } from "../check/replay/violating.js";
import { systemOf, NEVER_STUCK, type Target } from "../check/target.js";
import { commute } from "./commute.js";
import type { ParameterLimit } from "./parameter-limit.js";
import { smallerWorlds } from "./parameters.js";
import { shortestFromStart } from "./from-start.js";
import { endingIn, follow, interruptions, isBetter, statesOf, type NamedStep, type Path } from "./path.js";
import { cutCycles, deltaDebug, shortCut, without, type Search } from "./reduce.js";

export interface MinimizeRequest extends ReplayRequest {
  /** How far parameters may shrink. */
  readonly parameters: ParameterLimit;
  /** The most states to look at for one round of short cuts. */
  readonly budget: number;
  /** The most states for a search from the start; 0 for none. */
  readonly search: number;
}

/** A system, and a path in it. */
interface World {
  readonly configuration: Configuration;
  readonly search: Search;
  readonly path: Path;
  readonly shortest: boolean;
}

/** Throws PMC121 for a trace that cannot be minimized, and what a replay throws. */
export function minimize(request: MinimizeRequest): MinimizedTrace {
  const { configuration, parameters, scenario } = request;
  const trace = replayBreaking(request);
  const first = worldOf(request, trace.rule, configuration, trace.steps);
  if (first === undefined) throw new Error("a trace that was replayed cannot be followed");
  let best = reduce(first, request);
  let states = best.search.graph.size;
  for (let again = true; again;) {
    again = false;
    for (const smaller of smallerWorlds(scenario.parameters, best.configuration, parameters)) {
      const world = worldIn(request, trace.rule, smaller, best);
      if (world === undefined) continue;
      best = reduce(world, request);
      states += best.search.graph.size;
      again = true;
      break;
    }
  }
  return documentOf({ ...request, configuration: best.configuration }, first, best, states);
}

type NamedByProcess = readonly { readonly process: string; readonly choice: string }[];

/** The system of a configuration, and the path in it that the steps make; undefined if they do not lead to the rule. */
function worldOf(
  target: Target,
  rule: string,
  configuration: Configuration,
  steps: NamedByProcess,
  expected?: string,
): World | undefined {
  const machine = new Machine(systemOf({ ...target, configuration }));
  const graph = new StateGraph(machine, target.property);
  const ending = endingIn(graph, rule, NEVER_STUCK);
  const names = steps.map(({ process, choice }): NamedStep => ({
    process: machine.processes.indexOf(process),
    choice,
  }));
  const found = expected ?? endOf(graph, names, ending);
  const path = found === undefined ? undefined : follow(graph, names, ending, found);
  if (found === undefined || path === undefined) return undefined;
  return { configuration, search: { graph, ending, expected: found }, path, shortest: false };
}

/** The same in a smaller world; undefined if it does not happen there, or the world cannot be. */
function worldIn(target: Target, rule: string, settings: Configuration, { search, path }: World) {
  const { parameters } = target.scenario;
  const texts = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  const steps = path.map(({ label }) => label);
  try {
    return worldOf(target, rule, configure(parameters, texts), steps, search.expected);
  } catch (error) {
    if (error instanceof PmucheckError && error.code.startsWith("PMC1")) return undefined;
    throw error;
  }
}

/** How the first ending on the way of the steps is called. */
function endOf(graph: StateGraph, steps: readonly NamedStep[], ending: Search["ending"]): string | undefined {
  let at = graph.initial;
  for (const { process, choice } of steps) {
    const move = graph.movesOf(at, process).find(({ label }) => label.choice === choice);
    if (move === undefined) return undefined;
    const end = ending(move);
    if (end !== undefined) return end;
    at = move.to;
  }
  return undefined;
}

/** Everything that makes a path smaller in its world, until nothing does. */
function reduce(world: World, { property, budget, search: maxStates }: MinimizeRequest): World {
  const near = reduceNearby(world, budget);
  if (near.shortest || maxStates === 0) return near;
  const { graph, ending, expected } = world.search;
  const found = shortestFromStart(graph.machine, property, near.path.at(-1)?.broken, maxStates);
  const path = found === undefined ? undefined : follow(graph, found, ending, expected);
  if (path === undefined || !isBetter(path, near.path)) return near;
  return reduceNearby({ ...near, path }, budget);
}

function reduceNearby(world: World, budget: number): World {
  const { search } = world;
  const { graph } = search;
  let path = world.path;
  for (;;) {
    let next = commute(search, cutCycles(graph, path));
    // What the world does before what the CPUs make of it: these are the decisions.
    next = deltaDebug(search, next, ({ label }) => label.level === undefined || label.choice !== "");
    next = deltaDebug(search, cutCycles(graph, next), () => true);
    const cut = shortCut(search, next, budget);
    next = commute(search, cut.path);
    if (!isBetter(next, path)) return { ...world, path, shortest: cut.exhaustive };
    path = next;
  }
}

function documentOf(target: Target, before: World, after: World, states: number): MinimizedTrace {
  const { search, path, configuration } = after;
  const { graph } = search;
  const from = statesOf(graph, path);
  const steps = path.map((move, i) => {
    const outcome = graph.movesOf(from[i] ?? graph.initial, move.process).indexOf(move);
    return { process: move.process, outcome };
  });
  const changed = Object.entries(configuration).flatMap(([name, to]) => {
    const was = before.configuration[name];
    return was === undefined || was === to ? [] : [{ name, from: was, to }];
  });
  return {
    ...traceOfPath(target, graph.machine, steps),
    minimized: {
      before: sizeOf(before.path),
      after: sizeOf(path),
      parameters: changed,
      oneMinimal: path.every((_, i) => without(search, path, new Set([i])) === undefined),
      shortest: after.shortest,
      states,
    },
  };
}

function sizeOf(path: Path): Size {
  return { steps: path.length, interruptions: interruptions(path) };
}
