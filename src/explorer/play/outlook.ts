/**
 * Outlooks: where a state leads, decided by a bounded search that visits every state once, nearest first.
 *
 * "Kept" is the point of no return's word (src/explain/no-return.ts, "next"): an observation like the one that broke the
 * rule that breaks nothing. Steps that break a rule end a way; what comes after them does not count.
 */
import type { Break } from "../../trace/record.js";
import { isLike, wayOf } from "../../trace/record.js";
import type { GraphState, Move, StateGraph } from "../../trace/state-graph.js";

export interface Outlook {
  /** Steps to the nearest violation of the same sort; null if none was found. */
  readonly same: number | null;
  /** Steps to the nearest other violation, and its rule; null if none was found. */
  readonly other: { readonly rule: string; readonly steps: number } | null;
  /** Steps to the nearest observation like the violation's that breaks nothing; null if none was found. */
  readonly kept: number | null;
  /** True if every state was visited, so that what was not found cannot happen. */
  readonly isComplete: boolean;
  readonly states: number;
}

/** `broken`: the violation that the trace ends in; undefined to look for any. */
export function outlookOf(
  graph: StateGraph,
  from: GraphState,
  broken: Break | undefined,
  maxStates: number,
): Outlook {
  const distance = new Map<GraphState, number>([[from, 0]]);
  const search = new Search(broken);
  // A Map is iterated in order of insertion, elements that are added meanwhile included.
  for (const [state, steps] of distance) {
    for (const move of graph.moves(state)) {
      const goesOn = search.see(move, steps + 1);
      if (!goesOn || distance.has(move.to)) continue;
      if (distance.size >= maxStates) return search.outlook(false, distance.size);
      distance.set(move.to, steps + 1);
    }
    if (search.isDecided) return search.outlook(false, distance.size);
  }
  return search.outlook(true, distance.size);
}

class Search {
  readonly #broken: Break | undefined;
  #same: number | null = null;
  #other: Outlook["other"] = null;
  #kept: number | null = null;

  constructor(broken: Break | undefined) {
    this.#broken = broken;
  }

  /** Both ways were found, or the only one that is looked for: nothing more can be learnt that matters. */
  get isDecided(): boolean {
    return this.#same !== null && (this.#kept !== null || this.#broken === undefined);
  }

  /** Takes note of a move; false if nothing counts that comes after it. */
  see({ broken, observations }: Move, steps: number): boolean {
    if (broken !== undefined) {
      if (this.#broken === undefined || wayOf(broken) === wayOf(this.#broken)) this.#same ??= steps;
      else this.#other ??= { rule: broken.rule, steps };
      return false;
    }
    const by = this.#broken?.by;
    if (by !== undefined && observations.some((one) => isLike(one, by))) this.#kept ??= steps;
    return true;
  }

  outlook(isComplete: boolean, states: number): Outlook {
    return { same: this.#same, other: this.#other, kept: this.#kept, isComplete, states };
  }
}
