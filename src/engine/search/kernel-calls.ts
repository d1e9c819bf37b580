/**
 * Calls of the kernel that both searches make in the same way (expansion.ts, and by cost ../cheapest/cost-search.ts).
 *
 * A kernel stops for what it lacks: an answer, or room. These functions supply it. What remains is a finding or a limit, and
 * goes back to the search.
 */
import { LANE, R, STATUS } from "../memory/control-block.js";
import type { Knowledge, Learned } from "../oracle/oracle.js";
import type { StateStore } from "../states/state-store.js";

/** A state that breaks a wanted rule on states. */
export interface BrokenState {
  readonly row: number;
  /** Its number among the watched rules on states. */
  readonly rule: number;
}

/**
 * Enters the answer that the table of the cursor's process lacks.
 * @param known the answer, if a batch has learned it already
 */
export function learnAtCursor(store: StateStore, knowledge: Knowledge, known?: Learned): void {
  const process = store.lane.get(LANE.process);
  const learned = known ?? knowledge.answer(process, store.idsOf(store.lane.get(LANE.row)));
  store.encoding.fit();
  store.remember(process, learned);
}

/**
 * Enters the buffered states of the main lane into the visited set, and makes the set larger where that is needed.
 * @param block successors that fit the buffer
 * @returns `done`, or `limit` when there are more states than allowed
 */
export function enterBuffered(store: StateStore, block: number): number {
  store.reserve(block);
  for (;;) {
    const status = store.kernel.flush(store.lane.address);
    if (status !== STATUS.tableFull) return status;
    store.growVisited();
  }
}

/** Checks the rules on states in the rows that are new, up to the next broken one; none if there is no such row. */
export function nextBrokenState(
  store: StateStore,
  knowledge: Knowledge,
  processes: number,
): BrokenState | undefined {
  for (;;) {
    const status = store.kernel.check(store.lane.address);
    if (status === STATUS.done) return undefined;
    // Not outside of the loop: an arena that grows has other words.
    const { words } = store.arena;
    const broken = { row: words[R.checked] as number, rule: words[R.rule] as number };
    if (status === STATUS.broken) return broken;
    // The tables of the rules follow those of the processes.
    const table = processes + broken.rule;
    store.remember(table, knowledge.answer(table, store.idsOf(broken.row)));
  }
}
