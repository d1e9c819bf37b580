/**
 * Paths: how a state was reached, by the tree of the search (search-tree.ts). States on the way are made again.
 */
import { LANE, R, STATUS } from "../memory/control-block.js";
import type { PathStep } from "../api/result.js";
import type { StateStore } from "../states/state-store.js";

/**
 * The steps of a path.
 * @param initial ids of the state that it begins with
 * @param moves of every step, which move of its state it is
 */
export function stepsOf(
  store: StateStore,
  processes: number,
  initial: readonly number[],
  moves: readonly number[],
): PathStep[] {
  const { codec, lane } = store;
  if (!codec.encode(initial)) throw new Error("the initial state is not among the states");
  return moves.map((number) => {
    codec.decode(codec.low, codec.high, lane.leaves);
    const step = moveNumber(store, processes, number);
    codec.successor(store.moveAddress(step.process, step.outcome));
    return step;
  });
}

/** How many moves there are of the state that a path leads to. */
export function movesBehind(
  store: StateStore,
  processes: number,
  initial: readonly number[],
  moves: readonly number[],
): number {
  stepsOf(store, processes, initial, moves);
  const { codec, lane } = store;
  codec.decode(codec.low, codec.high, lane.leaves);
  let count = 0;
  for (let process = 0; process < processes; process++) count += store.outcomes(process);
  return count;
}

/** A move of the state that was decoded last. */
function moveNumber(store: StateStore, processes: number, number: number): PathStep {
  let outcome = number;
  for (let process = 0; process < processes; process++) {
    const outcomes = store.outcomes(process);
    if (outcome < outcomes) return { process, outcome };
    outcome -= outcomes;
  }
  throw new Error(`a state on a path has no move ${number}`);
}

/** How many moves of its row are before the cursor. */
export function movesBefore(store: StateStore): number {
  const { lane } = store;
  const process = lane.get(LANE.process);
  let moves = lane.get(LANE.outcome);
  if (process > 0) store.decode(lane.get(LANE.row));
  for (let before = 0; before < process; before++) moves += store.outcomes(before);
  return moves;
}

/**
 * Makes the moves from a cursor on again until one leads to the state of a row; the lane stays at that move.
 * @returns how many moves that are
 */
export function movesTo(store: StateStore, cursor: readonly number[], row: number): number {
  const { lane } = store;
  const { words } = store.arena;
  lane.cursor = cursor;
  lane.set(LANE.rowEnd, row);
  lane.set(LANE.moves, 0);
  lane.forget();
  store.rows.read(row);
  words[R.targetLow] = store.rows.low;
  words[R.targetHigh] = store.rows.high;
  const status = store.kernel.find(lane.address);
  if (status !== STATUS.found) throw new Error(`no move of its block leads to state ${row}`);
  return lane.get(LANE.moves);
}
