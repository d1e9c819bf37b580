/**
 * Batches: many rows at once, with the same result as one row after another.
 *
 *   gather    lane by lane, by any thread: make moves, as far as tables and interned words go
 *   complete  lane by lane, in order: fill holes, learn what is missing; cut the batch off where that cannot be done
 *   dedupe    part by part of the visited set (as many as threads, or as annexes), by any thread: which successors are new? The first one of equals is
 *   number    lane by lane, by any thread: a row for every new state; how many there are before a lane is known by now
 *
 * What threads do at the same time depends on nothing that the others do, and what is done in order is done in the order
 * of the search. So rows, numbers and ids are the same for any number of threads, and the same as without batches.
 * A batch is no larger than needed for that, because what is written in it displaces the tables from the caches.
 */
import { LANE, R, SEGMENTS, STATUS } from "../memory/control-block.js";
import type { KernelKind } from "../kernel/kernel.js";
import type { Knowledge, Learned } from "../oracle/oracle.js";
import { Lane } from "../memory/lane.js";
import type { StateStore } from "../states/state-store.js";
import type { Tuning } from "../api/tuning.js";
import type { Limits } from "../api/limits.js";

/**
 * Lanes get rows for this part of their buffers if there will be as many successors per row as in the batch before, where
 * there were most. The work of the lanes behind one that is full is lost.
 */
const FILL = 0.7;

export class Batch {
  readonly #store: StateStore;
  readonly #knowledge: Knowledge;
  readonly #kind: KernelKind;
  readonly #tuning: Tuning;
  /** Threads. */
  readonly #jobs: number;
  readonly #lanes: readonly Lane[];
  /** The lanes whose successors count. */
  #accepted: readonly Lane[] = [];
  /** The answer at the cursor, which could not be entered before the buffers are empty. */
  #learned: Learned | undefined;
  #isRecruited = false;
  /** Successors per row at most, by lane. */
  #branching: number;

  /** @param branching successors per row so far, on average */
  constructor(
    store: StateStore,
    knowledge: Knowledge,
    kind: KernelKind,
    jobs: number,
    tuning: Tuning,
    branching: number,
  ) {
    this.#store = store;
    this.#knowledge = knowledge;
    this.#kind = kind;
    this.#tuning = tuning;
    this.#jobs = jobs;
    this.#branching = branching;
    const { lane } = store.addresses;
    const first = store.arena.allocate(tuning.lanes * lane.bytes);
    this.#lanes = Array.from(
      { length: tuning.lanes },
      (_, i) => new Lane(store.arena, lane, first + i * lane.bytes),
    );
  }

  get accepted(): readonly Lane[] {
    return this.#accepted;
  }

  /**
   * Makes the moves of rows from the main lane's cursor to `rowEnd`, or not quite so far; the cursor ends up behind the
   * last one. Returns the status there.
   */
  gather(rowEnd: number): number {
    const { lane: main } = this.#store;
    const rows = Math.max(1, Math.floor((this.#tuning.block * FILL) / this.#branching));
    let row = main.get(LANE.row);
    const lanes = this.#lanes.slice(0, Math.ceil((rowEnd - row) / rows));
    for (const [i, lane] of lanes.entries()) {
      const end = Math.min(rowEnd, row + rows);
      lane.start(row, end);
      // It may have made some moves of its row.
      if (i === 0) lane.cursor = main.cursor;
      lane.set(LANE.rowEnd, end);
      for (const register of [LANE.buffered, LANE.flushed, LANE.holes]) lane.set(register, 0);
      lane.forget();
      lane.clearBits();
      row = end;
    }
    this.#recruit();
    this.#store.crew.run("gather", lanes.length, this.#first);
    const status = this.#complete(lanes);
    this.#branching = Math.max(1, ...this.#accepted.map((lane) => lane.get(LANE.buffered) / rows));
    const last = this.#accepted.at(-1) ?? main;
    main.cursor = last.cursor;
    main.set(LANE.fullNode, last.get(LANE.fullNode));
    return status;
  }

  /** Successors in the lanes that count. */
  get successors(): number {
    return this.#accepted.reduce((sum, lane) => sum + lane.get(LANE.buffered), 0);
  }

  /** Marks the successors that are new states. */
  dedupe(): void {
    const { arena } = this.#store;
    this.#store.reserve(this.successors);
    arena.words[R.lanes] = this.#accepted.length;
    try {
      // What was marked before a bucket overflowed stays marked, and is in the larger set.
      const parts = () => this.#store.annexes.inUse.length || this.#jobs;
      while (!this.#store.crew.run("dedupe", parts(), this.#first)) this.#store.growVisited();
    } catch (error) {
      // Memory has run out: those that were marked get a row as every state in the visited set has to.
      this.number();
      throw error;
    }
  }

  /** Gives the new states rows. */
  number(): void {
    const { arena, crew, size } = this.#store;
    let row = size;
    for (const lane of this.#accepted) {
      lane.set(LANE.firstNew, row);
      row += lane.newStates;
    }
    crew.run("number", this.#accepted.length, this.#first);
    arena.words[R.size] = row;
  }

  /** What was learned at the cursor and still has to be entered, once. */
  takeLearned(): Learned | undefined {
    const learned = this.#learned;
    this.#learned = undefined;
    return learned;
  }

  close(): void {
    this.#store.crew.close();
  }

  /** Has other threads help as soon as there is enough to do. */
  #recruit(): void {
    const { arena, addresses, size } = this.#store;
    if (this.#isRecruited || size < this.#tuning.crewAt) return;
    this.#isRecruited = true;
    const crew = this.#kind.crew(this.#jobs, arena, addresses.lane, () => this.#store.kernel.shared);
    if (this.#tuning.awaitsCrew) crew.assemble();
    this.#store.crew = crew;
  }

  get #first(): number {
    return this.#lanes[0]?.address ?? 0;
  }

  #complete(lanes: readonly Lane[]): number {
    let successors = 0;
    let accepted = 0;
    let status: number = STATUS.done;
    for (const lane of lanes) {
      status = this.#completeLane(lane, successors);
      successors += lane.get(LANE.buffered);
      accepted++;
      if (status !== STATUS.done) break;
    }
    this.#accepted = lanes.slice(0, accepted);
    return status;
  }

  #completeLane(lane: Lane, successors: number): number {
    const filled = this.#fillHoles(lane);
    if (filled !== STATUS.done) return filled;
    let status = lane.get(LANE.status);
    // More holes than it can note, or an answer that was learned for a lane before it.
    if (status === STATUS.nodeFull || status === STATUS.miss) status = this.#expand(lane);
    while (status === STATUS.miss) {
      if (!this.#learn(lane, successors + lane.get(LANE.buffered))) return STATUS.miss;
      status = this.#expand(lane);
    }
    return status;
  }

  /** Goes on with a lane, as far as it goes without learning from the system. */
  #expand(lane: Lane): number {
    const store = this.#store;
    for (;;) {
      const status = store.kernel.expand(lane.address);
      if (status !== STATUS.unmapped) return status;
      const [row, process, outcome] = [lane.get(LANE.row), lane.get(LANE.process), lane.get(LANE.outcome)];
      const made = store.successor(row, process, outcome);
      if (made === STATUS.nodeFull) lane.set(LANE.fullNode, store.codec.fullNode);
      if (made !== STATUS.done) return made;
    }
  }

  /**
   * Has the table at the lane's cursor answer; false if the layout has no room for that.
   * @param successors so many were made before, in this batch
   */
  #learn(lane: Lane, successors: number): boolean {
    const store = this.#store;
    const process = lane.get(LANE.process);
    this.#knowledge.note(successors);
    const learned = this.#knowledge.answer(process, store.idsOf(lane.get(LANE.row)));
    if (!store.encoding.fits) {
      this.#learned = learned;
      return false;
    }
    store.remember(process, learned);
    return true;
  }

  /** `done`; or why a word could not be made: the lane then ends before the move that makes it. */
  #fillHoles(lane: Lane): number {
    const store = this.#store;
    for (let i = 0; i < lane.get(LANE.holes); i++) {
      const { index, row, process, outcome } = lane.hole(i);
      const status = store.successor(row, process, outcome);
      if (status !== STATUS.done) {
        lane.set(LANE.fullNode, store.codec.fullNode);
        const isFirst = lane.truncate(index);
        lane.cursor = [row, process, outcome, lane.get(LANE.rowEnd), isFirst ? 0 : 1];
        return status;
      }
      lane.put(index, store.word.low, store.word.high);
    }
    return STATUS.done;
  }
}

/** How many threads make batches, at most. */
export function jobsOf({ jobs = 1 }: Limits): number {
  return Math.min(jobs, SEGMENTS);
}
