/**
 * Outlooks: where a state leads, decided by a bounded search that visits every state once, nearest first.
 *
 * "Kept" has the two meanings of the point of no return (src/explain/no-return.ts), and the one that the page's trace has:
 * "next", an observation like the one that broke the rule that breaks nothing; "ever", an execution that ends, or goes on
 * for ever, weakly fair, and breaks nothing. Steps that break a rule end a way; what comes after them does not count.
 */
import type { Break } from "../../trace/record.js";
import { isLike, wayOf } from "../../trace/record.js";
import type { GraphState, Move, StateGraph } from "../../trace/state-graph.js";
import { firstEndless, type Node } from "./endless.js";

export interface Outlook {
  /** Steps to the nearest violation of the same sort; null if none was found. */
  readonly same: number | null;
  /** Steps to the nearest other violation, and its rule; null if none was found. */
  readonly other: { readonly rule: string; readonly steps: number } | null;
  /** Steps to where the rule is kept; null if that was not found. */
  readonly kept: number | null;
  /** Which meaning of "kept" was looked for. */
  readonly keptBy: KeptBy;
  /** True if every state was visited, so that what was not found cannot happen. */
  readonly isComplete: boolean;
  readonly states: number;
}

export type KeptBy = "next" | "ever";

/** What is looked for. */
export interface Sought {
  /** The violation that the trace ends in; undefined to look for any, and for nothing that keeps the rule. */
  readonly broken: Break | undefined;
  /** "next" only for a violation that an observation made. */
  readonly keptBy: KeptBy;
}

/** How much of the graph is looked at for cycles: again each time that it is twice as large. */
const FIRST_LOOK = 1000;

export function outlookOf(graph: StateGraph, from: GraphState, sought: Sought, maxStates: number): Outlook {
  const distance = new Map<GraphState, number>([[from, 0]]);
  const search = new Search(graph, sought);
  let look = FIRST_LOOK;
  // A Map is iterated in order of insertion, elements that are added meanwhile included.
  for (const [state, steps] of distance) {
    const moves = graph.moves(state);
    search.visit(state, steps, moves);
    for (const move of moves) {
      const goesOn = search.see(move, steps + 1);
      if (!goesOn || distance.has(move.to)) continue;
      if (distance.size >= maxStates) return search.outlook(false, distance.size);
      distance.set(move.to, steps + 1);
    }
    if (search.visited >= look) {
      search.lookForCycles();
      look *= 2;
    }
    if (search.isDecided) return search.outlook(false, distance.size);
  }
  return search.outlook(true, distance.size);
}

class Search {
  readonly #sought: Sought;
  readonly #fair: readonly number[];
  /** For "ever": the states that were visited, in order, and what can happen in them. */
  readonly #visited: { readonly steps: number; readonly moves: readonly Move[] }[] = [];
  readonly #numbers = new Map<GraphState, number>();
  #same: number | null = null;
  #other: Outlook["other"] = null;
  #kept: number | null = null;

  constructor({ machine }: StateGraph, sought: Sought) {
    this.#sought = sought;
    this.#fair = machine.fair;
  }

  get visited(): number {
    return this.#visited.length;
  }

  /** Both ways were found, or the only one that is looked for: nothing more can be learnt that matters. */
  get isDecided(): boolean {
    return this.#same !== null && (this.#kept !== null || this.#sought.broken === undefined);
  }

  visit(state: GraphState, steps: number, moves: readonly Move[]): void {
    if (!this.#looksForCycles) return;
    this.#numbers.set(state, this.#visited.length);
    this.#visited.push({ steps, moves });
  }

  /** Takes note of a move; false if nothing counts that comes after it. */
  see({ broken, observations }: Move, steps: number): boolean {
    const { broken: wanted, keptBy } = this.#sought;
    if (broken !== undefined) {
      if (wanted === undefined || wayOf(broken) === wayOf(wanted)) this.#same ??= steps;
      else this.#other ??= { rule: broken.rule, steps };
      return false;
    }
    const by = keptBy === "next" ? wanted?.by : undefined;
    if (by !== undefined && observations.some((one) => isLike(one, by))) this.#kept ??= steps;
    return true;
  }

  lookForCycles(): void {
    if (!this.#looksForCycles || this.#kept !== null) return;
    const first = firstEndless(
      this.#visited.map(({ moves }) => this.#nodeOf(moves)),
      this.#fair,
    );
    if (first !== undefined) this.#kept = this.#visited[first]?.steps ?? null;
  }

  outlook(isComplete: boolean, states: number): Outlook {
    this.lookForCycles();
    const { keptBy } = this.#sought;
    return { same: this.#same, other: this.#other, kept: this.#kept, keptBy, isComplete, states };
  }

  get #looksForCycles(): boolean {
    return this.#sought.broken !== undefined && this.#sought.keptBy === "ever";
  }

  #nodeOf(moves: readonly Move[]): Node {
    return {
      isEnd: moves.length === 0,
      enabled: new Set(moves.map(({ process }) => process)),
      edges: moves.flatMap(({ process, broken, to }) => {
        const number = broken === undefined ? this.#numbers.get(to) : undefined;
        return number === undefined ? [] : [{ process, to: number }];
      }),
    };
  }
}
