/**
 * Lassos: after a complete search, the fair cycles that cycle goals ask for.
 *
 * All transitions are made once more, now into a graph between row numbers, of which none was given up. That takes 12 bytes
 * per transition and about 16 per state, beside the arena.
 */
import { MOVE, MOVES, moveBytes, FootprintTables } from "./footprint-tables.js";
import { TransitionGraph } from "./graph.js";
import type { CycleGoal, Lasso, PathStep } from "./exploration.js";
import { fairCycle, type Cycle } from "./lasso.js";
import { RowIndex } from "./row-index.js";
import type { Search } from "./search.js";

/** For every cycle goal a fair cycle in which it waits, with the path to it. */
export function lassosOf(search: Search, cycles: readonly CycleGoal[]): (Lasso | undefined)[] {
  const graph = graphOf(search);
  const predicates = new Predicates(search, cycles);
  return cycles.map(({ through }, goal) => {
    const waits = Uint8Array.from({ length: graph.states }, (_, row) =>
      predicates.isTrue(goal, row) ? 1 : 0,
    );
    const cycle = fairCycle(graph, {
      waits: (row) => waits[row] === 1,
      forbidden: 1 << (2 * goal),
      through: through === undefined ? 0 : 1 << (2 * goal + 1),
      fair: search.system.fair,
    });
    if (cycle === undefined) return undefined;
    return { path: search.pathTo(cycle.entry), cycle: stepsOf(graph, cycle) };
  });
}

function stepsOf(graph: TransitionGraph, { entry, edges }: Cycle): PathStep[] {
  let state = entry;
  return edges.map((edge) => {
    const step = { process: graph.process(edge), outcome: graph.outcome(state, edge) };
    state = graph.target(edge);
    return step;
  });
}

/** What goals wait for, by row. */
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

  isTrue(goal: number, row: number): boolean {
    const { store, knowledge } = this.#search;
    store.decode(row);
    let answer = this.#tables.find(goal, store.lane.leaves);
    if (answer === 0) {
      const { waits } = this.#cycles[goal] as CycleGoal;
      const learned = knowledge.truth(waits, (component) => store.id(component));
      this.#tables.add(goal, learned.footprint, learned.answer);
      answer = this.#tables.find(goal, store.lane.leaves);
    }
    return store.arena.words[answer >>> 2] !== 0;
  }
}

function graphOf({ store, system, transitions }: Search): TransitionGraph {
  const graph = new TransitionGraph(store.size, transitions);
  const rows = new RowIndex(store.rows, 0, store.size);
  const { words } = store.arena;
  const step = moveBytes(store.layout.leaves);
  for (let row = 0; row < store.size; row++) {
    store.decode(row);
    for (let process = 0; process < system.processes.length; process++) {
      const answer = store.answers.find(process, store.lane.leaves);
      const count = words[answer >>> 2] as number;
      for (let outcome = 0; outcome < count; outcome++) {
        const move = answer + MOVES + outcome * step;
        store.codec.successor(move);
        const { low, high } = store.codec;
        const target = rows.rowOf(low, high);
        if (target === undefined) throw new Error("a transition of a complete search leads to no state");
        graph.add(target, process, words[(move + MOVE.cyclic) >>> 2] as number);
      }
    }
    graph.endState();
  }
  return graph;
}
