/**
 * Expanding rows: the kernel makes moves in blocks (or several threads in batches); between blocks is done whatever it
 * stopped for. What the tables do not know is learned, room is made, broken rules are noted, and it is decided whether the
 * search goes on.
 */
import type { TransitionSystem } from "../../spec/transition-system.js";
import { Batch, jobsOf } from "./batch.js";
import { LANE, R, STATUS } from "../memory/control-block.js";
import type { End, PathStep } from "../api/result.js";
import { Findings } from "./findings.js";
import { MOVE } from "../oracle/answer-tables.js";
import { enterBuffered, learnAtCursor, nextBrokenState } from "./kernel-calls.js";
import type { KernelKind } from "../kernel/kernel.js";
import type { Knowledge } from "../oracle/oracle.js";
import type { Lane } from "../memory/lane.js";
import { movesBefore, movesTo, stepsOf } from "./path.js";
import type { StateStore } from "../states/state-store.js";
import { Tree } from "../states/search-tree.js";
import type { Tuning } from "../api/tuning.js";
import type { Watchers } from "../oracle/watch-bits.js";
import type { Watch } from "../api/watch.js";
import type { Limits } from "../api/limits.js";

/** What is expanded, and what for. */
export interface ExpansionParts {
  readonly system: TransitionSystem;
  readonly watch: Watch;
  readonly limits: Limits;
  readonly tuning: Tuning;
  readonly kind: KernelKind;
  readonly store: StateStore;
  readonly knowledge: Knowledge;
  readonly watchers: Watchers;
  /** Called when states may have moved to another layout; the rows before the cursor's are expanded then. */
  readonly onMove: () => void;
}

/** Where a block or a batch of moves begins. */
interface BlockStart {
  readonly cursor: readonly number[];
  readonly transitions: number;
}

/** Rows per call of the kernel, at most: it is optimized between calls, and progress is shown. */
const PROGRESS_ROWS = 1 << 16;

export class Expansion {
  readonly findings: Findings;
  readonly tree: Tree;
  transitions = 0;
  readonly #parts: ExpansionParts;
  readonly #store: StateStore;
  readonly #jobs: number;
  #batch: Batch | undefined;
  /** Where the moves at hand began. */
  #block: BlockStart;
  /** Where the rows ended before the search ended between two of them. */
  #end = 0;

  constructor(parts: ExpansionParts) {
    const { system, watch, limits, store, watchers } = parts;
    this.#parts = parts;
    this.#store = store;
    this.#jobs = jobsOf(limits);
    this.findings = new Findings(watchers, watch.goals.length, system.processes.length);
    this.tree = new Tree(store.arena);
    this.#block = this.#startOfBlock();
  }

  /** The next row to be expanded. */
  get row(): number {
    return this.#store.lane.get(LANE.row);
  }

  /** Where the rows end that were made, those that are not counted included. */
  get end(): number {
    return Math.max(this.#end, this.#store.size);
  }

  close(): void {
    this.#batch?.close();
  }

  /** The first shortest path to a state; none if states that differ by names are one: it would change names on its way. */
  pathTo(row: number): PathStep[] {
    const { system, knowledge } = this.#parts;
    if (system.renamings !== undefined) return [];
    return stepsOf(this.#store, system.processes.length, knowledge.initialIds(), this.tree.pathTo(row));
  }

  /** Enters the initial state. */
  begin(): End | undefined {
    const { encoding } = this.#store;
    this.updateWanted();
    const ids = this.#parts.knowledge.initialIds();
    encoding.fit();
    this.#store.buffer(encoding.encode(ids));
    // It was buffered, but no transition leads to it.
    return this.#flush(false);
  }

  /** Expands some rows from the cursor on, none beyond `to`; returns why the search has to end here, if it has to. */
  expand(to: number): End | undefined {
    const rows = to - this.row;
    const isLarge = this.#jobs > 1 && this.#store.isCompiled && rows >= this.#parts.tuning.batchRows;
    return isLarge ? this.#expandBatch(to) : this.#expand(Math.min(to, this.row + PROGRESS_ROWS));
  }

  /** Tells the kernel which rules still matter; true if the search is decided. */
  updateWanted(): boolean {
    const { findings } = this;
    this.#set(R.wantedTransitions, findings.wantedTransitions);
    this.#set(R.wantedStates, findings.wantedStates);
    return findings.areAllBroken && this.#parts.watch.cycles.length === 0;
  }

  tooMany(): End {
    return { kind: "bound", bound: `more than ${this.#parts.limits.maxStates} states` };
  }

  #expand(rowEnd: number): End | undefined {
    const store = this.#store;
    store.lane.set(LANE.rowEnd, rowEnd);
    for (;;) {
      this.#block = this.#startOfBlock();
      const status = store.kernel.expand(store.lane.address);
      const end = this.#flush();
      if (end !== undefined || status === STATUS.done) return end;
      const next = this.#goOnAfter(status);
      if (next !== undefined) return next;
    }
  }

  /** Expands rows from the cursor on in one batch (batch.ts), in which nothing may lie beyond `rowEnd`. */
  #expandBatch(rowEnd: number): End | undefined {
    const batch = (this.#batch ??= this.#newBatch());
    this.#block = this.#startOfBlock();
    const status = batch.gather(rowEnd);
    this.tree.reserve(batch.successors);
    const transitions = batch.accepted.map((lane) => lane.get(LANE.buffered));
    batch.dedupe();
    batch.number();
    batch.accepted.forEach((lane, i) => this.#count(lane, transitions[i] as number));
    const isTooMany = this.#store.size > this.#parts.limits.maxStates;
    const end = isTooMany ? this.#endAtLimit() : this.#check();
    if (end !== undefined) return end;
    for (const lane of batch.accepted) this.findings.take(lane);
    return this.#goOnAfter(status);
  }

  /** Sees to what a status asks for, and has the states move to another layout if it is time to. */
  #goOnAfter(status: number): End | undefined {
    const store = this.#store;
    const { encoding, lane } = store;
    const { settlings } = encoding;
    const made = this.#parts.system.renamings === undefined ? 0 : movesBefore(store);
    const end = this.#handle(status);
    if (end !== undefined) return end;
    encoding.regroup();
    if (encoding.settlings !== settlings) {
      // The row at the cursor, and its successors, may have other words now: it is expanded again from the start.
      lane.start(this.row, lane.get(LANE.rowEnd));
      this.transitions -= made;
    }
    this.#parts.onMove();
    return undefined;
  }

  #newBatch(): Batch {
    const { knowledge, kind, tuning } = this.#parts;
    const branching = Math.max(1, this.transitions / Math.max(1, this.row));
    return new Batch(this.#store, knowledge, kind, this.#jobs, tuning, branching);
  }

  #handle(status: number): End | undefined {
    const store = this.#store;
    const { lane, encoding } = store;
    switch (status) {
      case STATUS.miss:
        learnAtCursor(store, this.#parts.knowledge, this.#batch?.takeLearned());
        return undefined;
      case STATUS.broken:
        return this.#breakTransition();
      case STATUS.stuck:
        return { kind: "stuck", path: this.pathTo(this.row) };
      case STATUS.nodeFull:
        encoding.growNode(lane.get(LANE.fullNode));
        return undefined;
      case STATUS.unmapped:
        store.mapSuccessor(this.row, lane.get(LANE.process), lane.get(LANE.outcome));
        return undefined;
      default:
        return undefined;
    }
  }

  /** Enters the buffered states of the main lane and checks the new ones. Is it by transitions that they were reached? */
  #flush(byTransitions = true): End | undefined {
    const store = this.#store;
    const { lane } = store;
    const { block } = this.#parts.tuning;
    this.tree.reserve(block);
    const buffered = lane.get(LANE.buffered);
    const status = enterBuffered(store, block);
    if (byTransitions) this.#count(lane, buffered);
    lane.clearBits();
    if (status === STATUS.limit) return this.#endAtLimit();
    const end = this.#check();
    if (end === undefined) this.findings.take(lane);
    return end;
  }

  /** Counts the transitions of a lane. */
  #count(lane: Lane, transitions: number): void {
    if (this.#parts.system.renamings === undefined) this.tree.append(lane, transitions);
    this.transitions += transitions;
  }

  #endAtLimit(): End {
    const { maxStates } = this.#parts.limits;
    this.#drop(maxStates + 1);
    const end = this.#check();
    if (end !== undefined) return end;
    this.#endAt(maxStates);
    return this.tooMany();
  }

  /** Forgets that there are rows from one on. */
  #drop(row: number): void {
    this.#end = this.end;
    this.#set(R.size, row);
  }

  /**
   * Has the search end with the move that led to a new row: moves are made in blocks, and what was found behind that
   * move does not count.
   */
  #endAt(row: number): void {
    const store = this.#store;
    const { cursor, transitions } = this.#block;
    this.#drop(row + 1);
    this.transitions = transitions;
    if (row === 0) return;
    const moves = movesTo(store, cursor, row);
    this.transitions += moves;
    this.findings.take(store.lane);
    this.#parts.knowledge.endAt(moves);
  }

  #startOfBlock(): BlockStart {
    this.#parts.knowledge.startBlock();
    return { cursor: this.#store.lane.cursor, transitions: this.transitions };
  }

  /** Checks the rules on states in the rows that are new. */
  #check(): End | undefined {
    const { watchers, system, knowledge } = this.#parts;
    if (watchers.states.length === 0) return undefined;
    for (;;) {
      const broken = nextBrokenState(this.#store, knowledge, system.processes.length);
      if (broken === undefined) return undefined;
      this.findings.breakState(broken.rule, this.pathTo(broken.row));
      if (this.updateWanted()) {
        this.#endAt(broken.row);
        return { kind: "decided" };
      }
    }
  }

  /** The move at the cursor breaks rules; ends the search if no goal is left. */
  #breakTransition(): End | undefined {
    const store = this.#store;
    const { arena, lane } = store;
    const [row, process, outcome] = [this.row, lane.get(LANE.process), lane.get(LANE.outcome)];
    store.decode(row);
    const move = store.moveAddress(process, outcome);
    const broken = arena.words[(move + MOVE.broken) >>> 2] as number;
    const witnessed = arena.words[(move + MOVE.witnessed) >>> 2] as number;
    this.findings.breakTransition(broken, () => [...this.pathTo(row), { process, outcome }]);
    if (!this.updateWanted()) return undefined;
    this.transitions++;
    this.findings.witness(witnessed);
    return { kind: "decided" };
  }

  #set(register: number, value: number): void {
    this.#store.arena.words[register] = value;
  }
}
