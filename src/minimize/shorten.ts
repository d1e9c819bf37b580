/**
 * Three ways to shorten a path. Each takes a path to a violation and returns one that is as good or better.
 *
 *   cutCycles        leaves out all steps between the first and the last visit of a state
 *   deltaDebug       leaves out ever smaller parts and follows the rest (ddmin: Zeller and Hildebrandt, TSE 2002)
 *   shortCut         finds a shortest path through the states near the path
 */
import type { GraphState, Move, StateGraph } from "../trace/state-graph.js";
import { follow, isBetter, namesOf, statesOf, type Ending, type Path } from "./path.js";

/** A search for shorter paths: the graph, and the ending that a path must have. */
export interface Search {
  readonly graph: StateGraph;
  readonly ending: Ending;
  readonly expected: string;
}

/** Leaves out all steps between two visits of one state. */
export function cutCycles(graph: StateGraph, path: Path): Path {
  // The state after the last step is left aside: the violation is the step itself.
  const states = statesOf(graph, path).slice(0, -1);
  const last = new Map(states.map((state, at) => [state, at]));
  const kept: Move[] = [];
  for (let at = 0; at < path.length; at++) {
    const state = states[at];
    at = (state === undefined ? undefined : last.get(state)) ?? at;
    const move = path[at];
    if (move !== undefined) kept.push(move);
  }
  return kept;
}

/** Leaves out parts of the steps that `among` picks: first large parts, at last single steps. */
export function deltaDebug(search: Search, path: Path, among: (move: Move) => boolean): Path {
  let best = path;
  for (let size = Math.ceil(best.length / 2); ; size = Math.ceil(size / 2)) {
    let start = 0;
    for (;;) {
      const picked = [...best.keys()].filter((i) => among(best[i] as Move));
      if (start >= picked.length) break;
      const shorter = without(search, best, new Set(picked.slice(start, start + size)));
      if (shorter === undefined) start += size;
      else best = shorter;
    }
    if (size === 1) return best;
  }
}

/** The path without some steps, if it is better and has the expected ending; else undefined. */
export function without(
  { graph, ending, expected }: Search,
  path: Path,
  dropped: ReadonlySet<number>,
): Path | undefined {
  const steps = namesOf(path).filter((_, i) => !dropped.has(i));
  const shorter = follow(graph, steps, ending, expected);
  return shorter !== undefined && isBetter(shorter, path) ? shorter : undefined;
}

export interface ShortCut {
  readonly path: Path;
  /** True if all reachable states were visited: no path is shorter. */
  readonly exhaustive: boolean;
}

/**
 * A shortest path through the states that are near the path: at most `budget` states, nearest first. Never longer than
 * the path.
 */
export function shortCut(search: Search, path: Path, budget: number): ShortCut {
  const { graph } = search;
  const near = new Set(statesOf(graph, path).slice(0, -1));
  let exhaustive = true;
  // A Set is iterated in order of insertion, elements that are added meanwhile included: a breadth-first search that
  // begins with all states of the path.
  for (const state of near) {
    for (const move of graph.moves(state)) {
      if (search.ending(move) !== undefined || near.has(move.to)) continue;
      if (near.size < budget) near.add(move.to);
      else exhaustive = false;
    }
    if (!exhaustive) break;
  }
  const shortest = shortestWithin(search, near);
  return { path: shortest !== undefined && shortest.length < path.length ? shortest : path, exhaustive };
}

/** The shortest path from the initial state through `allowed` states, breadth-first; undefined if there is none. */
function shortestWithin({ graph, ending, expected }: Search, allowed: ReadonlySet<GraphState>) {
  const reached = new Map<GraphState, { readonly from: GraphState; readonly by: Move } | undefined>([
    [graph.initial, undefined],
  ]);
  for (const state of reached.keys()) {
    for (const move of graph.moves(state)) {
      const end = ending(move);
      if (end === expected) return [...pathTo(reached, state), move];
      if (end === undefined && allowed.has(move.to) && !reached.has(move.to)) {
        reached.set(move.to, { from: state, by: move });
      }
    }
  }
  return undefined;
}

function pathTo(
  reached: ReadonlyMap<GraphState, { readonly from: GraphState; readonly by: Move } | undefined>,
  state: GraphState,
): Move[] {
  const path: Move[] = [];
  for (let edge = reached.get(state); edge !== undefined; edge = reached.get(edge.from)) path.push(edge.by);
  return path.reverse();
}
