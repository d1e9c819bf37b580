/**
 * Paths to a violation, and what makes one better than another: fewer steps, then fewer interruptions.
 *
 * A candidate is a list of steps by name (which process, which choice). It is followed loosely: a step that cannot be
 * taken any more, because what it followed on was left out, is left out too.
 */
import { wayOf } from "../trace/record.js";
import type { GraphState, Move, StateGraph } from "../trace/state-graph.js";

/** An execution from the initial state to its first broken rule, or to where nothing can happen any more. */
export type Path = readonly Move[];

/** A step by name. */
export interface NamedStep {
  readonly process: number;
  readonly choice: string;
}

/** How a path ends, in words that are equal for paths that end the same way; undefined if a move ends none. */
export type Ending = (move: Move) => string | undefined;

/** Ends at a broken rule, in the words of `wayOf`; where nothing can happen any more only if that is `rule`. */
export function endingIn(graph: StateGraph, rule: string, stuckRule: string): Ending {
  return ({ broken, to }) => {
    if (broken !== undefined) return wayOf(broken);
    return rule === stuckRule && graph.moves(to).length === 0 ? stuckRule : undefined;
  };
}

export function namesOf(path: Path): NamedStep[] {
  return path.map(({ process, label: { choice } }) => ({ process, choice }));
}

/** Follows the steps as far as they can be taken; the path up to an ending, undefined if none is met or another. */
export function follow(
  graph: StateGraph,
  steps: readonly NamedStep[],
  ending: Ending,
  expected: string,
): Path | undefined {
  const path: Move[] = [];
  let at = graph.initial;
  for (const { process, choice } of steps) {
    const move = graph.movesOf(at, process).find(({ label }) => label.choice === choice);
    if (move === undefined) continue;
    path.push(move);
    const end = ending(move);
    if (end !== undefined) return end === expected ? path : undefined;
    at = move.to;
  }
  return undefined;
}

/** The states along a path: the initial one, and that after every step. */
export function statesOf(graph: StateGraph, path: Path): GraphState[] {
  return [graph.initial, ...path.map(({ to }) => to)];
}

/**
 * How often the path leaves one context for another: a CPU at a level (task, IRQ, NMI), a device, the world outside.
 */
export function interruptions(path: Path): number {
  let last: string | undefined;
  let count = -1;
  for (const move of path) {
    const context = contextOf(move);
    if (context !== last) count++;
    last = context;
  }
  return Math.max(0, count);
}

export function contextOf({ label: { process, level } }: Move): string {
  return level === undefined ? process : `${process} ${level}`;
}

/** Fewer steps, and among as many, fewer interruptions. */
export function isBetter(path: Path, than: Path): boolean {
  if (path.length !== than.length) return path.length < than.length;
  return interruptions(path) < interruptions(than);
}
