/**
 * Cheapest paths: how a row of a search by cost is reached, although no row remembers its parent.
 *
 * It is found backwards: a step back leads to one of several layers: to that of the same cost by a move that costs nothing,
 * or to a cheaper one by a move that costs the difference.
 */
import { LANE, R, STATUS } from "../memory/control-block.js";
import { costlyMoves, makeMove, moveOf, type CostedMove } from "./costed-moves.js";
import type { PathStep } from "../api/result.js";
import { ROWS, type Layer, type Layers } from "./cost-layers.js";
import type { StateStore } from "../states/state-store.js";

/** Where a row is: in which layer, be it made already or not. */
export interface Place {
  readonly row: number;
  readonly cost: number;
  readonly steps: number;
}

/** A root word. */
interface Word {
  readonly low: number;
  readonly high: number;
}

export class CheapestPath {
  readonly #store: StateStore;
  readonly #processes: number;
  readonly #layers: Layers;
  readonly #isAllowed: (move: CostedMove) => boolean;

  /** @param isAllowed may the search make this move? */
  constructor(
    store: StateStore,
    processes: number,
    layers: Layers,
    isAllowed: (move: CostedMove) => boolean,
  ) {
    this.#store = store;
    this.#processes = processes;
    this.#layers = layers;
    this.#isAllowed = isAllowed;
  }

  /** The first cheapest path to a row, in the order of the search. */
  *to(place: Place): Generator<undefined, PathStep[]> {
    const { lane } = this.#store;
    // The search wants it back.
    const { cursor } = lane;
    const path: PathStep[] = [];
    let { row, cost } = place;
    for (let { steps } = place; steps > 0; steps--) {
      const { process, outcome, ...parent } = yield* this.#moveTo({ row, cost, steps });
      path.push({ process, outcome });
      row = parent.row;
      cost -= parent.cost;
    }
    lane.cursor = cursor;
    return path.reverse();
  }

  *#moveTo({ row, cost, steps }: Place): Generator<undefined, CostedMove> {
    const { rows } = this.#store;
    rows.read(row);
    const word = { low: rows.low, high: rows.high };
    const same = this.#layers.at(cost, steps - 1);
    const found =
      (same === undefined ? undefined : yield* this.#freeMove(same, word)) ??
      (yield* this.#costlyMove(this.#layers.before(cost, steps), cost, word));
    if (found === undefined) throw new Error(`state ${row} has no parent in a layer before it`);
    return found;
  }

  *#freeMove(layer: Layer, { low, high }: Word): Generator<undefined, CostedMove | undefined> {
    const { kernel, arena, lane } = this.#store;
    const { words } = arena;
    words[R.targetLow] = low;
    words[R.targetHigh] = high;
    for (const [from, to] of this.#layers.open(layer)) {
      yield;
      lane.start(from, to);
      const find = () => kernel.find(lane.address);
      for (let status = find(); status !== STATUS.done; status = find()) {
        const row = lane.get(LANE.row);
        const [process, outcome] = [lane.get(LANE.process), lane.get(LANE.outcome)];
        if (status === STATUS.found) {
          const move = moveOf(this.#store, row, { process, outcome });
          if (move.cost === 0 && this.#isAllowed(move)) return move;
          lane.set(LANE.outcome, outcome + 1);
        } else if (status === STATUS.stuck) {
          lane.start(row + 1, to);
        } else throw new Error(`what state ${row} can do is unknown, but it was expanded`);
      }
    }
    return undefined;
  }

  *#costlyMove(
    layers: readonly Layer[],
    cost: number,
    { low, high }: Word,
  ): Generator<undefined, CostedMove | undefined> {
    const store = this.#store;
    for (const layer of layers) {
      for (let row = layer.first; row < layer.end; row++) {
        if ((row + 1) % ROWS === 0) yield;
        if (!this.#layers.costly.has(row)) continue;
        for (const move of costlyMoves(store, row, this.#processes)) {
          if (layer.cost + move.cost !== cost || !this.#isAllowed(move)) continue;
          if (makeMove(store, move) && store.codec.low === low && store.codec.high === high) return move;
        }
      }
    }
    return undefined;
  }
}
