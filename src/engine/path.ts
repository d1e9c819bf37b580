/**
 * Paths: how a state is reached, although no state remembers its parent.
 *
 * The rows of a level are the frontier it once was. For every step of the path the level before is expanded again,
 * until a move leads to the state: so the path is the first shortest one, in the order of the search.
 */
import { R, STATUS } from "./control.js";
import type { PathStep } from "./exploration.js";
import type { StateStore } from "./state-store.js";

/** The cursor, which the search wants back. */
const CURSOR = [R.row, R.process, R.outcome, R.rowEnd, R.alive];

/** @param levels the first row of every level up to the state's */
export function pathTo(store: StateStore, levels: readonly number[], row: number): PathStep[] {
  const { words } = store.arena;
  const cursor = CURSOR.map((register) => words[register] as number);
  const path: PathStep[] = [];
  for (let at = row; at > 0;) {
    const level = levels.findLastIndex((first) => first <= at);
    store.rows.read(at);
    words[R.targetLow] = store.rows.low;
    words[R.targetHigh] = store.rows.high;
    words[R.row] = levels[level - 1] ?? 0;
    words[R.rowEnd] = levels[level] ?? 0;
    words[R.process] = words[R.outcome] = words[R.alive] = 0;
    if (store.kernel.find() !== STATUS.found)
      throw new Error(`state ${at} has no parent in the level before it`);
    path.push({ process: words[R.process] as number, outcome: words[R.outcome] as number });
    at = words[R.row] as number;
  }
  CURSOR.forEach((register, i) => {
    words[register] = cursor[i] as number;
  });
  return path.reverse();
}
