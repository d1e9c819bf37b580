/**
 * Strongly connected components: those of the states in which something is waited for and the transitions that are allowed,
 * and which of them holds a fair cycle.
 *
 * Tarjan's algorithm in the form of Pearce (A space-efficient algorithm for finding strongly connected components,
 * Information Processing Letters 116, 2016), with a stack of its own instead of recursion. It has one number per state
 * where Tarjan has three, so that an edge costs one look at a random place:
 *
 *   0                   the state is not seen yet
 *   1, 2, 3, ...        it is open: the least number of an open state that is known to be reached from it
 *   ..., n, n + 1       its component is known: components are counted down from the number of states + 1
 *   n + 2               it is not in the graph
 *
 * There are fewer open states than components left to be counted, so a known state never has the lesser number, and one
 * comparison says all: 0 -> 1 -> 2 -> 1 with 2 -> 3 numbers the states 1, 2, 3, 4; state 3 has no way out and becomes component
 * 5 of n = 4; state 2 sees 1 with number 2, which is less than its own 3, and takes it; so state 1 is the first of {1, 2}, which become 4.
 */
import { Dues, EDGES_PER_TURN, edgesWithin, type CycleQuery } from "./fairness.js";
import type { TransitionGraph } from "./transition-graph.js";
import { WordList, type Words } from "../memory/word-array.js";

const WORD = 4;

/** What it takes to look for cycles: four words per state. */
export class CycleRoom {
  /** The number of each state. */
  readonly number: WordList;
  /** Open states that are left already and do not begin their component. */
  readonly open: WordList;
  /** The textbook's recursion: the states on the way from the root, and the edge each goes on with. */
  readonly way: WordList;
  readonly nextEdge: WordList;

  static bytesFor(states: number): number {
    return 4 * WORD * states;
  }

  /** In as many bytes from an address on, whatever is in them. */
  constructor(memory: Words, address: number, states: number) {
    const list = (at: number) => new WordList(memory, address + at * WORD * states, states);
    this.number = list(0);
    this.open = list(1);
    this.way = list(2);
    this.nextEdge = list(3);
  }
}

/** A strongly connected component of the cut-down graph. */
export interface Component {
  /** The state that breadth-first search found first. */
  readonly entry: number;
  readonly has: (state: number) => boolean;
}

const UNSEEN = 0;

/** The fair component whose first state breadth-first search found first. */
export function* firstFairComponent(
  graph: TransitionGraph,
  room: CycleRoom,
  query: CycleQuery,
): Generator<undefined, Component | undefined> {
  let best: Members | undefined;
  yield* components(graph, room, query, {
    *cyclic(members) {
      if (best !== undefined && best.entry < members.entry) return;
      if (yield* isFair(graph, query, members)) best = members;
    },
  });
  return best;
}

/**
 * In states that lie on no cycle at all, nothing is waited for any more. Nearly all states are such ones, and one search for
 * components shows it for all goals: a cycle that a goal asks for is a cycle of the whole graph.
 */
export function* dropAcyclic(graph: TransitionGraph, room: CycleRoom): Generator<undefined, void> {
  const anything = { waits: ~0, forbidden: 0 };
  yield* components(graph, room, anything, {
    acyclic: (state) => graph.waitNoMore(state),
    *cyclic() {
      // They stay as they are.
    },
  });
}

/** What is told of components, one after the other. */
interface Told {
  /** A component of one state, from which no edge leads to itself. */
  readonly acyclic?: (state: number) => void;
  readonly cyclic: (members: Members) => Generator<undefined, void>;
}

/** The strongly connected components of the graph that is cut down to what a goal waits for and allows. */
function* components(
  graph: TransitionGraph,
  { number, open, way, nextEdge }: CycleRoom,
  { waits, forbidden }: Pick<CycleQuery, "waits" | "forbidden">,
  told: Told,
): Generator<undefined, void> {
  const { states } = graph;
  const isForbidden = graph.kindsMarked(forbidden);
  let [steps, numbered, opened, depth, component] = [0, 0, 0, 0, states + 1];
  for (let state = 0; state < states; state++) {
    number.set(state, (graph.waits(state) & waits) === 0 ? states + 2 : UNSEEN);
  }

  const enter = (state: number) => {
    number.set(state, ++numbered);
    way.set(depth, state);
    nextEdge.set(depth++, graph.firstEdge(state));
  };
  /** A state on the way reaches what has this number; ~state says that it does not begin its component. */
  const reach = (at: number, state: number, reached: number) => {
    if (reached >= number.get(state)) return;
    number.set(state, reached);
    way.set(at, ~state);
  };
  /** Of a state that begins its component; the members stay in the list until the next state is added to it. */
  const close = (state: number): Members => {
    const end = opened + 1;
    const own = component--;
    let entry = state;
    open.set(opened, state);
    for (; opened > 0 && number.get(open.get(opened - 1)) >= number.get(state); opened--, numbered--) {
      const member = open.get(opened - 1);
      number.set(member, own);
      entry = Math.min(entry, member);
    }
    number.set(state, own);
    numbered--;
    return { entry, list: open, from: opened, end, has: (member) => number.get(member) === own };
  };

  for (let root = 0; root < states; root++) {
    if (number.get(root) !== UNSEEN) continue;
    enter(root);
    while (depth > 0) {
      if (++steps % EDGES_PER_TURN === 0) yield;
      const top = depth - 1;
      const marked = way.get(top);
      const state = marked < 0 ? ~marked : marked;
      const edge = nextEdge.get(top);
      if (edge < graph.endEdge(state)) {
        nextEdge.set(top, edge + 1);
        if (isForbidden[graph.kind(edge)] === 1) continue;
        const target = graph.target(edge);
        const reached = number.get(target);
        if (reached === UNSEEN) enter(target);
        else reach(top, state, reached);
        continue;
      }
      depth--;
      if (marked < 0) {
        open.set(opened++, state);
        reach(top - 1, stateOn(way, top - 1), number.get(state));
        continue;
      }
      const members = close(state);
      if (members.end - members.from > 1 || isLoop(graph, state, isForbidden)) yield* told.cyclic(members);
      else told.acyclic?.(state);
    }
  }
}

/** The state at a place of the way. */
function stateOn(way: WordList, at: number): number {
  const marked = way.get(at);
  return marked < 0 ? ~marked : marked;
}

/** Does an edge that is allowed lead from a state to itself? */
function isLoop(graph: TransitionGraph, state: number, isForbidden: Uint8Array): boolean {
  for (let edge = graph.firstEdge(state); edge < graph.endEdge(state); edge++) {
    if (graph.target(edge) === state && isForbidden[graph.kind(edge)] !== 1) return true;
  }
  return false;
}

/** A component while its states are known: a part of a list. */
interface Members extends Component {
  readonly list: WordList;
  readonly from: number;
  readonly end: number;
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
