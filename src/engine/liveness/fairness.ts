/**
 * Dues: what a cycle has to be like (fair-cycle.ts), and what a walk lacks to be one.
 */
import type { TransitionGraph } from "./transition-graph.js";

/** Edges that are looked at in one turn: some milliseconds. */
export const EDGES_PER_TURN = 1 << 16;

/** What a cycle has to be like. */
export interface CycleQuery {
  /** It has to stay in states in which one of these bits is waited for. */
  readonly waits: number;
  /** Edges with one of these marks are not allowed. */
  readonly forbidden: number;
  /** The cycle has to take an edge with one of these marks; 0 if it has not. */
  readonly through: number;
  /** The fair processes, by index. */
  readonly fair: readonly number[];
}

/** The allowed edges of a state that stay in its component. */
export function edgesWithin(
  graph: TransitionGraph,
  query: CycleQuery,
  has: (state: number) => boolean,
  state: number,
): number[] {
  const found: number[] = [];
  for (let edge = graph.firstEdge(state); edge < graph.endEdge(state); edge++) {
    if ((graph.marks(edge) & query.forbidden) === 0 && has(graph.target(edge))) found.push(edge);
  }
  return found;
}

/** What a cycle owes before it counts as a fair one. */
export class Dues {
  readonly #graph: TransitionGraph;
  /** Marks of which the cycle has to take one; 0 when it has. */
  #through: number;
  /** Fair processes that have neither moved nor been unable to. */
  readonly #owed: Set<number>;

  constructor(graph: TransitionGraph, { fair, through }: CycleQuery) {
    this.#graph = graph;
    this.#owed = new Set(fair);
    this.#through = through;
  }

  get settled(): boolean {
    return this.#owed.size === 0 && this.#through === 0;
  }

  /** The cycle passes a state: a process that cannot move there is owed nothing. */
  visit(state: number): void {
    for (const process of this.#owed) {
      if (!this.#graph.canMove(state, process)) this.#owed.delete(process);
    }
  }

  /** The cycle takes an edge. */
  take(edge: number): void {
    this.#owed.delete(this.#graph.process(edge));
    if ((this.#graph.marks(edge) & this.#through) !== 0) this.#through = 0;
  }

  /** Would taking the edge settle anything? */
  wants(edge: number): boolean {
    if ((this.#graph.marks(edge) & this.#through) !== 0) return true;
    if (this.#owed.has(this.#graph.process(edge))) return true;
    return [...this.#owed].some((process) => !this.#graph.canMove(this.#graph.target(edge), process));
  }
}
