/**
 * Minimizing: makes of a trace the smallest one that it finds and that breaks the same rule in the same way.
 *
 *   1. cut out cycles, commute blocks of steps, and leave steps out (delta debugging)
 *   2. repeatedly take short cuts through all states near the path
 *   3. search from the initial state for a shortest path, within a bound; then repeat 1 and 2
 *   4. make parameters smaller; then repeat all of this
 *
 * It ends when none of these helps. A candidate is accepted only if its steps, taken one after another, have the same
 * end. The result is 1-minimal: without any one of its steps, and without the steps that then cannot be taken, the trace
 * does not have that end. The result is a shortest trace only if the short cuts saw all reachable states, and it says so.
 * Not supported: traces that end in a loop. A loop must be fair to every process, and leaving out steps breaks that.
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
import { cutCycles, deltaDebug, shortCut, without, type Search } from "./shorten.js";

export interface MinimizeRequest extends ReplayRequest {
  /** How small parameters may become. */
  readonly parameters: ParameterLimit;
  /** The most states for one round of short cuts. */
  readonly budget: number;
  /** The most states for a search from the initial state; 0 for no search. */
  readonly search: number;
}

/** A system with a path in it. `shortest`: no path is shorter. */
interface World {
  readonly configuration: Configuration;
  readonly search: Search;
  readonly path: Path;
  readonly shortest: boolean;
}

/** Minimizes a trace. Throws PMC121 for a trace that cannot be minimized, and the errors of a replay. */
export function minimize(request: MinimizeRequest): MinimizedTrace {
  const { configuration, parameters, scenario } = request;
  const trace = replayBreaking(request);
  const first = worldOf(request, trace.rule, configuration, trace.steps);
  if (first === undefined) throw new Error("a trace that was replayed cannot be followed");
  let best = shrink(first, request);
  let states = best.search.graph.size;
  for (let again = true; again;) {
    again = false;
    for (const smaller of smallerWorlds(scenario.parameters, best.configuration, parameters)) {
      const world = worldIn(request, trace.rule, smaller, best);
      if (world === undefined) continue;
      best = shrink(world, request);
      states += best.search.graph.size;
      again = true;
      break;
    }
  }
  return documentOf({ ...request, configuration: best.configuration }, first, best, states);
}

type NamedByProcess = readonly { readonly process: string; readonly choice: string }[];

/** The system of a configuration with the path of the steps; undefined if they do not break the rule there. */
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

/** The same path in a smaller world; undefined if it breaks nothing there, or if the parameters are not allowed. */
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

/** The first ending that the steps lead to; undefined if they lead to none. */
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

/** Steps 1 to 3 of the header. */
function shrink(world: World, { property, budget, search: maxStates }: MinimizeRequest): World {
  const near = shrinkNearby(world, budget);
  if (near.shortest || maxStates === 0) return near;
  const { graph, ending, expected } = world.search;
  const found = shortestFromStart(graph.machine, property, near.path.at(-1)?.broken, maxStates);
  const path = found === undefined ? undefined : follow(graph, found, ending, expected);
  if (path === undefined || !isBetter(path, near.path)) return near;
  return shrinkNearby({ ...near, path }, budget);
}

/** Steps 1 and 2 of the header. */
function shrinkNearby(world: World, budget: number): World {
  const { search } = world;
  const { graph } = search;
  let path = world.path;
  for (;;) {
    let next = commute(search, cutCycles(graph, path));
    // First leave out decisions of hardware and of the world outside, then steps of CPUs, which follow from them.
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
