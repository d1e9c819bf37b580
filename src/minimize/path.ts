/**
 * Paths to a violation. A path is better than another one if it has fewer steps, or as many and fewer interruptions.
 *
 * A candidate is a list of steps by name: a process and a choice. Following it skips each step that is not enabled,
 * because a step that it needed was left out.
 */
import { wayOf } from "../trace/record.js";
import type { GraphState, Move, StateGraph } from "../trace/state-graph.js";

/** An execution from the initial state to the first broken rule, or to a state without enabled steps. */
export type Path = readonly Move[];

/** A step by name. */
export interface NamedStep {
  readonly process: number;
  readonly choice: string;
}

/** The ending of a path whose last step is `move`, as a text that is equal for equal endings; undefined if it goes on. */
export type Ending = (move: Move) => string | undefined;

/** Ends at a broken rule, with the text of `wayOf`; and in a state without enabled steps if `rule` is `stuckRule`. */
export function endingIn(graph: StateGraph, rule: string, stuckRule: string): Ending {
  return ({ broken, to }) => {
    if (broken !== undefined) return wayOf(broken);
    return rule === stuckRule && graph.moves(to).length === 0 ? stuckRule : undefined;
  };
}

export function namesOf(path: Path): NamedStep[] {
  return path.map(({ process, label: { choice } }) => ({ process, choice }));
}

/** Takes the steps that are enabled, up to the first ending. Undefined if there is none, or not the expected one. */
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

/** The states along a path: the initial state, and the state after each step. */
export function statesOf(graph: StateGraph, path: Path): GraphState[] {
  return [graph.initial, ...path.map(({ to }) => to)];
}

/** How often a path leaves one context for another. */
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

/** The context of a step: a CPU at a level (task, IRQ, NMI), a device, or the world outside. */
export function contextOf({ label: { process, level } }: Move): string {
  return level === undefined ? process : `${process} ${level}`;
}

/** Has `path` fewer steps than `than`, or as many and fewer interruptions? */
export function isBetter(path: Path, than: Path): boolean {
  if (path.length !== than.length) return path.length < than.length;
  return interruptions(path) < interruptions(than);
}
