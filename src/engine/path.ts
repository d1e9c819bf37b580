/**
 * Paths: how a state is reached, although no state remembers its parent.
 *
 * The rows of a level are the frontier it once was. For every step of the path the level before is expanded again,
 * until a move leads to the state: so the path is the first shortest one, in the order of the search.
 */
import { LANE, R, STATUS } from "./control.js";
import type { PathStep } from "./exploration.js";
import type { StateStore } from "./state-store.js";

/** @param levels the first row of every level up to the state's */
export function pathTo(store: StateStore, levels: readonly number[], row: number): PathStep[] {
  const { lane } = store;
  // The search wants it back.
  const { cursor } = lane;
  const witnessed = lane.get(LANE.witnessed);
  const path: PathStep[] = [];
  for (let at = row; at > 0;) {
    const level = levels.findLastIndex((first) => first <= at);
    lane.start(levels[level - 1] ?? 0, levels[level] ?? 0);
    if (!find(store, at)) throw new Error(`state ${at} has no parent in the level before it`);
    path.push({ process: lane.get(LANE.process), outcome: lane.get(LANE.outcome) });
    at = lane.get(LANE.row);
  }
  lane.cursor = cursor;
  lane.set(LANE.witnessed, witnessed);
  return path.reverse();
}

/** Makes moves from the lane's cursor on until one leads to the state of a row; the cursor stays at that move. */
export function find(store: StateStore, row: number): boolean {
  const { words } = store.arena;
  store.rows.read(row);
  words[R.targetLow] = store.rows.low;
  words[R.targetHigh] = store.rows.high;
  store.lane.set(LANE.moves, 0);
  return store.kernel.find(store.lane.address) === STATUS.found;
}
