/**
 * Strongly connected components: those of the states in which something is waited for and the transitions that are allowed
 * (Tarjan's algorithm, with a stack of its own instead of recursion), and which of them holds a fair cycle.
 */
import { Dues, EDGES_PER_TURN, edgesWithin, type CycleQuery } from "./fairness.js";
import type { TransitionGraph } from "./transition-graph.js";
import { WordList, type Words } from "../memory/word-array.js";

const WORD = 4;

/** What it takes to look for cycles: six words per state. */
export class CycleRoom {
  /** 1 + the order of first sight; UNSEEN before. */
  readonly order: WordList;
  readonly low: WordList;
  /** The component a state belongs to; NO_COMPONENT while that is not known. */
  readonly component: WordList;
  /** States seen whose component is not known, in order of first sight. */
  readonly open: WordList;
  /** The textbook's recursion: the states on the way from the root, and the edge each goes on with. */
  readonly way: WordList;
  readonly nextEdge: WordList;

  static bytesFor(states: number): number {
    return 6 * WORD * states;
  }

  /** In as many bytes from an address on, whatever is in them. */
  constructor(memory: Words, address: number, states: number) {
    const list = (number: number) => new WordList(memory, address + number * WORD * states, states);
    this.order = list(0);
    this.low = list(1);
    this.component = list(2);
    this.open = list(3);
    this.way = list(4);
    this.nextEdge = list(5);
  }
}

/** A strongly connected component of the cut-down graph. */
export interface Component {
  readonly entry: number;
  readonly has: (state: number) => boolean;
}

const UNSEEN = 0;
const NO_COMPONENT = 0;

/** The fair component whose first state breadth-first search found first. */
export function* firstFairComponent(
  graph: TransitionGraph,
  { order, low, component, open, way, nextEdge }: CycleRoom,
  query: CycleQuery,
): Generator<undefined, Component | undefined> {
  const { states } = graph;
  let [steps, seen, opened, depth, components] = [0, 0, 0, 0, NO_COMPONENT];
  let best: { readonly entry: number; readonly id: number } | undefined;
  order.fill(UNSEEN);
  component.fill(NO_COMPONENT);

  const waits = (state: number) => (graph.waits(state) & query.waits) !== 0;
  const enter = (state: number) => {
    seen++;
    order.set(state, seen);
    low.set(state, seen);
    open.set(opened++, state);
    way.set(depth, state);
    nextEdge.set(depth++, graph.firstEdge(state));
  };
  const lower = (state: number, to: number) => {
    if (to < low.get(state)) low.set(state, to);
  };
  const close = function* (state: number): Generator<undefined, void> {
    const id = ++components;
    const end = opened;
    let entry = state;
    for (let member; member !== state;) {
      member = open.get(--opened);
      component.set(member, id);
      entry = Math.min(entry, member);
    }
    if (best !== undefined && best.entry < entry) return;
    const members = { list: open, from: opened, end, has: (member: number) => component.get(member) === id };
    if (yield* isFair(graph, query, members)) best = { entry, id };
  };

  for (let root = 0; root < states; root++) {
    if (order.get(root) !== UNSEEN || !waits(root)) continue;
    enter(root);
    while (depth > 0) {
      if (++steps % EDGES_PER_TURN === 0) yield;
      const state = way.get(depth - 1);
      const edge = nextEdge.get(depth - 1);
      if (edge < graph.endEdge(state)) {
        nextEdge.set(depth - 1, edge + 1);
        const target = graph.target(edge);
        if ((graph.marks(edge) & query.forbidden) !== 0 || !waits(target)) continue;
        if (order.get(target) === UNSEEN) enter(target);
        else if (component.get(target) === NO_COMPONENT) lower(state, order.get(target));
        continue;
      }
      depth--;
      if (depth > 0) lower(way.get(depth - 1), low.get(state));
      if (low.get(state) === order.get(state)) yield* close(state);
    }
  }
  if (best === undefined) return undefined;
  const { entry, id } = best;
  return { entry, has: (state) => component.get(state) === id };
}

/** The states of a component: a part of a list. */
interface Members {
  readonly list: WordList;
  readonly from: number;
  readonly end: number;
  readonly has: (state: number) => boolean;
}

function* isFair(
  graph: TransitionGraph,
  query: CycleQuery,
  { list, from, end, has }: Members,
): Generator<undefined, boolean> {
  const dues = new Dues(graph, query);
  let edges = 0;
  for (let i = from; i < end; i++) {
    const state = list.get(i);
    dues.visit(state);
    for (const edge of edgesWithin(graph, query, has, state)) {
      dues.take(edge);
      if (++edges % EDGES_PER_TURN === 0) yield;
    }
    if (dues.settled && edges > 0) return true;
  }
  return false;
}
