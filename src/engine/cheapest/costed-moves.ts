/**
 * Single moves, and what they cost: for the few that are not left to a kernel.
 *
 * The rows they are of have been expanded, so that the tables have all answers.
 */
import type { PathStep } from "../api/result.js";
import { MOVE } from "../oracle/answer-tables.js";
import type { StateStore } from "../states/state-store.js";

export interface CostedMove extends PathStep {
  readonly row: number;
  /** Bits of the rules on transitions that it breaks. */
  readonly broken: number;
  readonly cost: number;
}

export function moveOf(store: StateStore, row: number, { process, outcome }: PathStep): CostedMove {
  store.decode(row);
  return moveAt(store, row, process, outcome);
}

/** The moves of a row that cost something, in order. */
export function costlyMoves(store: StateStore, row: number, processes: number): CostedMove[] {
  const moves: CostedMove[] = [];
  store.decode(row);
  for (let process = 0; process < processes; process++) {
    const outcomes = store.outcomes(process);
    for (let outcome = 0; outcome < outcomes; outcome++) {
      const move = moveAt(store, row, process, outcome);
      if (move.cost > 0) moves.push(move);
    }
  }
  return moves;
}

/** Has the store's codec make the root word that the move leads to; false if a node is full. */
export function makeMove(store: StateStore, { row, process, outcome }: CostedMove): boolean {
  store.decode(row);
  return store.codec.successor(store.moveAddress(process, outcome));
}

/** Field by field: an object spread here took most of the time of a search with many such moves. */
function moveAt(store: StateStore, row: number, process: number, outcome: number): CostedMove {
  const { words } = store.arena;
  const address = store.moveAddress(process, outcome);
  const broken = words[(address + MOVE.broken) >>> 2] as number;
  const cost = words[(address + MOVE.cost) >>> 2] as number;
  return { row, process, outcome, broken, cost };
}
