/**
 * Lassos: after a complete search, the fair cycles that cycle goals ask for.
 *
 * All transitions are made once more, now into a graph between row numbers, of which none was given up. That takes 6 bytes
 * per transition and 24 per state, beside what the search has in the arena. It is known beforehand, and taken from there.
 */
import type { Arena } from "../memory/arena.js";
import { CapacityError, showBytes } from "../memory/budget.js";
import { CycleRoom, dropAcyclic } from "./components.js";
import { MOVE, MOVES, moveBytes, FootprintTables, OrderError } from "../oracle/answer-tables.js";
import { TransitionGraph } from "./transition-graph.js";
import type { Lasso, PathStep } from "../api/result.js";
import { fairCycle, type Cycle } from "./fair-cycle.js";
import type { Codec } from "../encoding/codec.js";
import { RowIndex, slotsFor } from "../states/row-index.js";
import type { Search } from "../search/breadth-first.js";
import { WordList } from "../memory/word-array.js";
import type { CycleGoal } from "../api/watch.js";

/** States whose transitions are made in one turn. */
const ROWS = 1 << 13;
/** Successors that are looked up together: few enough to stay in the processor's first cache. */
const TARGETS = 1 << 10;

/**
 * For every cycle goal a fair cycle in which it waits, with the path to it; a step of the generator takes some ten
 * milliseconds at most. Throws a CapacityError without the memory.
 */
export function* lassosOf(
  search: Search,
  cycles: readonly CycleGoal[],
): Generator<undefined, (Lasso | undefined)[]> {
  // The last level may have taken a while.
  yield;
  const { store, transitions } = search;
  const { arena, size: states } = store;
  const slots = slotsFor(states);
  const graphBytes = TransitionGraph.bytesFor(states, transitions);
  // The index is not needed any more when cycles are looked for.
  const bytes = graphBytes + Math.max(4 * slots, CycleRoom.bytesFor(states));
  const address = allocate(arena, bytes);
  try {
    const graph = new TransitionGraph(arena, address, states, transitions);
    const index = new WordList(arena, address + graphBytes, slots);
    index.fill(0);
    yield* fillGraph(graph, search, cycles, new RowIndex(store.rows, 0, index));
    const room = new CycleRoom(arena, address + graphBytes, states);
    if (cycles.length > 1) yield* dropAcyclic(graph, room);
    const lassos: (Lasso | undefined)[] = [];
    for (const [goal, { through }] of cycles.entries()) {
      const cycle = yield* fairCycle(graph, room, {
        waits: 1 << goal,
        forbidden: 1 << (2 * goal),
        through: through === undefined ? 0 : 1 << (2 * goal + 1),
        fair: search.system.fair,
      });
      lassos.push(cycle && { path: search.pathTo(cycle.entry), cycle: stepsOf(graph, cycle) });
    }
    return lassos;
  } finally {
    arena.free(address, bytes);
  }
}

function allocate(arena: Arena, bytes: number): number {
  const { room, maxBytes, budget } = arena;
  if (bytes <= room) return arena.allocateRaw(bytes);
  const [needed, left] = [bytes, room].map(showBytes);
  throw new CapacityError(
    `more than ${showBytes(Math.min(maxBytes, budget.bytes))} of memory: looking for cycles takes ${needed}, and ${left} are left`,
  );
}

function stepsOf(graph: TransitionGraph, { entry, edges }: Cycle): PathStep[] {
  let state = entry;
  return edges.map((edge) => {
    const step = { process: graph.process(edge), outcome: graph.outcome(state, edge) };
    state = graph.target(edge);
    return step;
  });
}

function* fillGraph(
  graph: TransitionGraph,
  search: Search,
  cycles: readonly CycleGoal[],
  rows: RowIndex,
): Generator<undefined, void> {
  const { store, system, tree } = search;
  const predicates = new Predicates(search, cycles);
  const step = moveBytes(store.layout.leaves);
  for (let row = 0; row < graph.states; row++) {
    rows.add(row);
    if ((row + 1) % (4 * ROWS) === 0) yield;
  }
  const awaited = new Targets(graph, rows);
  let [transition, found] = [0, 0];
  for (let row = 0; row < graph.states; row++) {
    store.decode(row);
    const waits = predicates.ofState();
    const { words } = store.arena;
    for (let process = 0; process < system.processes.length; process++) {
      const answer = store.answers.find(process, store.lane.leaves);
      const count = words[answer >>> 2] as number;
      for (let outcome = 0; outcome < count; outcome++) {
        const move = answer + MOVES + outcome * step;
        // Rows are numbered as transitions find them (search-tree.ts), so these need not be looked up: nearly half of all.
        const isNew = tree.isNew(transition);
        graph.add(isNew ? ++found : 0, process, words[(move + MOVE.cyclic) >>> 2] as number);
        if (!isNew) awaited.add(transition, move, store.codec);
        transition++;
      }
    }
    graph.endState(waits);
    if ((row + 1) % ROWS === 0) yield;
  }
  awaited.find();
}

/** Edges that still have to be told where they lead, with the words of the states there. */
class Targets {
  readonly #graph: TransitionGraph;
  readonly #rows: RowIndex;
  readonly #edges = new Int32Array(TARGETS);
  readonly #words = new Int32Array(2 * TARGETS);
  readonly #found = new Int32Array(TARGETS);
  #count = 0;

  constructor(graph: TransitionGraph, rows: RowIndex) {
    this.#graph = graph;
    this.#rows = rows;
  }

  /** The edge is made by a move of the state that was decoded last. */
  add(edge: number, move: number, codec: Codec): void {
    if (this.#count === TARGETS) this.find();
    codec.successor(move);
    this.#edges[this.#count] = edge;
    this.#words[2 * this.#count] = codec.low;
    this.#words[2 * this.#count + 1] = codec.high;
    this.#count++;
  }

  /** Tells all of them. */
  find(): void {
    const found = this.#found.subarray(0, this.#count);
    this.#rows.rowsOf(this.#words, found);
    for (let i = 0; i < found.length; i++) {
      this.#graph.lead(this.#edges[i] as number, found[i] as number);
    }
    this.#count = 0;
  }
}

/** What goals wait for. */
class Predicates {
  readonly #search: Search;
  readonly #cycles: readonly CycleGoal[];
  readonly #tables: FootprintTables;

  constructor(search: Search, cycles: readonly CycleGoal[]) {
    const { arena, layout } = search.store;
    this.#search = search;
    this.#cycles = cycles;
    this.#tables = new FootprintTables(arena, arena.allocate(4 * cycles.length), cycles.length, layout);
  }

  /** Bit g: goal g waits in the state that was decoded last. */
  ofState(): number {
    return this.#cycles.reduce((bits, _, goal) => (this.#isTrue(goal) ? bits | (1 << goal) : bits), 0);
  }

  #isTrue(goal: number): boolean {
    const { store, knowledge } = this.#search;
    let answer = this.#tables.find(goal, store.lane.leaves);
    if (answer === 0) {
      const { waits } = this.#cycles[goal] as CycleGoal;
      const learned = knowledge.truth(waits, (component) => store.id(component));
      try {
        this.#tables.add(goal, learned.footprint, learned.answer);
      } catch (error) {
        // Behind the tables of processes and rules on states, as far as names go.
        throw error instanceof OrderError ? knowledge.orderFault(knowledge.tables) : error;
      }
      answer = this.#tables.find(goal, store.lane.leaves);
    }
    return store.arena.words[answer >>> 2] !== 0;
  }
}
