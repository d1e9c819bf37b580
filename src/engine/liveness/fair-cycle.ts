/**
 * Liveness: is there a weakly fair cycle in which something is waited for, for ever?
 *
 * The graph is cut down to the states in which it is waited for and the transitions that are allowed. Its strongly
 * connected components are found (components.ts); one of them holds a fair cycle exactly if every fair process can,
 * somewhere in it, not go ahead, or moves within it. The cycle that is returned passes all those places; it starts in the
 * state of the component that breadth-first search found first.
 */
import { firstFairComponent, type Component, type CycleRoom } from "./components.js";
import { Dues, EDGES_PER_TURN, edgesWithin, type CycleQuery } from "./fairness.js";
import type { TransitionGraph } from "./transition-graph.js";
import type { WordList } from "../memory/word-array.js";

/** A cycle by its edges, and the state it starts and ends in. */
export interface Cycle {
  readonly entry: number;
  readonly edges: readonly number[];
}

/** The fair cycle whose component was found first by breadth-first search, undefined if there is none. */
export function* fairCycle(
  graph: TransitionGraph,
  room: CycleRoom,
  query: CycleQuery,
): Generator<undefined, Cycle | undefined> {
  const found = yield* firstFairComponent(graph, room, query);
  return found && { entry: found.entry, edges: yield* tour(graph, room, query, found) };
}

/** A closed walk from the entry that owes nothing at its end. */
function* tour(
  graph: TransitionGraph,
  room: CycleRoom,
  query: CycleQuery,
  { entry, has }: Component,
): Generator<undefined, number[]> {
  const walk: number[] = [];
  const dues = new Dues(graph, query);
  const paths = new Paths(graph, room, (state) => edgesWithin(graph, query, has, state));
  dues.visit(entry);
  let at = entry;
  const go = function* (isWanted: (edge: number) => boolean): Generator<undefined, void> {
    for (const edge of yield* paths.shortest(at, isWanted)) {
      walk.push(edge);
      dues.take(edge);
      at = graph.target(edge);
      dues.visit(at);
    }
  };
  while (!dues.settled) yield* go((edge) => dues.wants(edge));
  if (at !== entry || walk.length === 0) yield* go((edge) => graph.target(edge) === entry);
  return walk;
}

const NOT_REACHED = -1;

/** Breadth-first searches, in the room that is free when the component is known. */
class Paths {
  readonly #graph: TransitionGraph;
  readonly #edgesOf: (state: number) => readonly number[];
  readonly #queue: WordList;
  /** By state: the state before it on a path, NOT_REACHED at first, and the edge that leads from there. */
  readonly #from: WordList;
  readonly #edge: WordList;

  constructor(
    graph: TransitionGraph,
    { open, way, nextEdge }: CycleRoom,
    edgesOf: (state: number) => readonly number[],
  ) {
    this.#graph = graph;
    this.#edgesOf = edgesOf;
    this.#queue = open;
    this.#from = way;
    this.#edge = nextEdge;
  }

  /** The edges of a shortest path whose last edge is wanted. */
  *shortest(from: number, isWanted: (edge: number) => boolean): Generator<undefined, number[]> {
    let edges = 0;
    this.#from.fill(NOT_REACHED);
    this.#from.set(from, from);
    this.#queue.set(0, from);
    for (let [done, end] = [0, 1]; done < end; done++) {
      const state = this.#queue.get(done);
      for (const edge of this.#edgesOf(state)) {
        if (++edges % EDGES_PER_TURN === 0) yield;
        if (isWanted(edge)) return [...this.#pathTo(state, from), edge];
        const target = this.#graph.target(edge);
        if (this.#from.get(target) !== NOT_REACHED) continue;
        this.#edge.set(target, edge);
        this.#from.set(target, state);
        this.#queue.set(end++, target);
      }
    }
    throw new Error("a strongly connected component is not connected");
  }

  #pathTo(state: number, from: number): number[] {
    const path: number[] = [];
    for (let at = state; at !== from; at = this.#from.get(at)) path.push(this.#edge.get(at));
    return path.reverse();
  }
}
