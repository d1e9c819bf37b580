/**
 * Liveness: is there a weakly fair cycle in which something is waited for, for ever?
 *
 * The graph is cut down to the states in which it is waited for and the transitions that are allowed. Its strongly
 * connected components are found (Tarjan's algorithm, with a stack of its own instead of recursion); a component holds
 * a fair cycle exactly if every fair process can, somewhere in it, not go ahead, or moves within it. The cycle that is
 * returned passes all those places; it starts in the state of the component that breadth-first search found first.
 */
import type { TransitionGraph } from "./graph.js";

/** What a cycle has to be like. */
export interface CycleQuery {
  /** Waited for in this state? */
  readonly waits: (state: number) => boolean;
  /** Edges with one of these marks are not allowed. */
  readonly forbidden: number;
  /** The cycle has to take an edge with one of these marks; 0 if it has not. */
  readonly through: number;
  /** The fair processes, by index. */
  readonly fair: readonly number[];
}

/** A cycle by its edges, and the state it starts and ends in. */
export interface Cycle {
  readonly entry: number;
  readonly edges: readonly number[];
}

/** The fair cycle whose component was found first by breadth-first search, undefined if there is none. */
export function fairCycle(graph: TransitionGraph, query: CycleQuery): Cycle | undefined {
  const found = firstFairComponent(graph, query);
  return found === undefined ? undefined : { entry: found.entry, edges: tour(graph, query, found) };
}

/** A strongly connected component of the cut-down graph. */
interface Component {
  readonly entry: number;
  readonly has: (state: number) => boolean;
}

const UNSEEN = 0;
const NO_COMPONENT = 0;

function firstFairComponent(graph: TransitionGraph, query: CycleQuery): Component | undefined {
  const { states } = graph;
  /** 1 + the order of first sight; UNSEEN before. */
  const order = new Uint32Array(states);
  const low = new Uint32Array(states);
  /** The component a state belongs to; NO_COMPONENT while that is not known. */
  const component = new Uint32Array(states);
  /** States seen whose component is not known, in order of first sight. */
  const open: number[] = [];
  /** The textbook's recursion: the states on the way from the root, and the edge each goes on with. */
  const way: number[] = [];
  const nextEdge: number[] = [];
  let seen = 0;
  let components = NO_COMPONENT;
  let best: { readonly entry: number; readonly id: number } | undefined;

  const enter = (state: number) => {
    order[state] = low[state] = ++seen;
    open.push(state);
    way.push(state);
    nextEdge.push(graph.firstEdge(state));
  };
  const lower = (state: number, to: number) => {
    if (to < (low[state] as number)) low[state] = to;
  };
  const close = (state: number) => {
    components++;
    const members = open.splice(open.lastIndexOf(state));
    for (const member of members) component[member] = components;
    const id = components;
    const entry = members.reduce((a, b) => Math.min(a, b));
    if (best !== undefined && best.entry < entry) return;
    if (isFair(graph, query, members, (member) => component[member] === id)) best = { entry, id };
  };

  for (let root = 0; root < states; root++) {
    if (order[root] !== UNSEEN || !query.waits(root)) continue;
    enter(root);
    while (way.length > 0) {
      const top = way.length - 1;
      const state = way[top] as number;
      const edge = nextEdge[top] as number;
      if (edge < graph.endEdge(state)) {
        nextEdge[top] = edge + 1;
        const target = graph.target(edge);
        if ((graph.marks(edge) & query.forbidden) !== 0 || !query.waits(target)) continue;
        if (order[target] === UNSEEN) enter(target);
        else if (component[target] === NO_COMPONENT) lower(state, order[target] as number);
        continue;
      }
      way.pop();
      nextEdge.pop();
      if (top > 0) lower(way[top - 1] as number, low[state] as number);
      if (low[state] === order[state]) close(state);
    }
  }
  if (best === undefined) return undefined;
  const { entry, id } = best;
  return { entry, has: (state) => component[state] === id };
}

function isFair(
  graph: TransitionGraph,
  query: CycleQuery,
  members: readonly number[],
  has: (state: number) => boolean,
): boolean {
  const dues = new Dues(graph, query);
  let edges = 0;
  for (const state of members) {
    dues.visit(state);
    for (const edge of edgesWithin(graph, query, has, state)) {
      dues.take(edge);
      edges++;
    }
    if (dues.settled && edges > 0) return true;
  }
  return false;
}

/** The allowed edges of a state that stay in its component. */
function edgesWithin(
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
class Dues {
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

/** A closed walk from the entry that owes nothing at its end. */
function tour(graph: TransitionGraph, query: CycleQuery, { entry, has }: Component): number[] {
  const walk: number[] = [];
  const dues = new Dues(graph, query);
  dues.visit(entry);
  let at = entry;
  const go = (isWanted: (edge: number) => boolean) => {
    for (const edge of shortest(at, (state) => edgesWithin(graph, query, has, state), graph, isWanted)) {
      walk.push(edge);
      dues.take(edge);
      at = graph.target(edge);
      dues.visit(at);
    }
  };
  while (!dues.settled) go((edge) => dues.wants(edge));
  if (at !== entry || walk.length === 0) go((edge) => graph.target(edge) === entry);
  return walk;
}

/** The edges of a shortest path whose last edge is wanted. */
function shortest(
  from: number,
  edgesOf: (state: number) => readonly number[],
  graph: TransitionGraph,
  isWanted: (edge: number) => boolean,
): number[] {
  const cameBy = new Map<number, { readonly from: number; readonly edge: number }>();
  const queue = [from];
  for (const state of queue) {
    for (const edge of edgesOf(state)) {
      const target = graph.target(edge);
      if (isWanted(edge)) {
        const path = [edge];
        for (let step = cameBy.get(state); step !== undefined; step = cameBy.get(step.from))
          path.push(step.edge);
        return path.reverse();
      }
      if (target === from || cameBy.has(target)) continue;
      cameBy.set(target, { from: state, edge });
      queue.push(target);
    }
  }
  throw new Error("a strongly connected component is not connected");
}
