/**
 * The search: breadth-first, level by level, in an order that depends on nothing but the system.
 *
 * The kernel makes moves in blocks; between blocks the search learns what the tables do not know, makes room, notes
 * broken rules, and decides whether to go on.
 */
import { PmucheckError } from "../spec/errors.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { MAX_BYTES } from "./arena.js";
import { Batch } from "./batch.js";
import { LANE, R, SEGMENTS, STATUS } from "./control.js";
import type { End, Limits, PathStep, Watch } from "./exploration.js";
import { Findings } from "./findings.js";
import { MOVE } from "./footprint-tables.js";
import {
  imageOf,
  readWords,
  shapeOf,
  type Boundary,
  type Image,
  type KeptImage,
  type SearchShape,
} from "./image.js";
import type { KernelKind } from "./kernel.js";
import { Knowledge, type Learned } from "./knowledge.js";
import type { Lane } from "./lane.js";
import { find, movesBefore, stepsOf } from "./path.js";
import { recall } from "./recall.js";
import { StateStore } from "./state-store.js";
import { Tree } from "./tree.js";
import { DEFAULT_TUNING, type Tuning } from "./tuning.js";
import { Watchers } from "./watchers.js";

/** Where a block or a batch of moves begins. */
interface BlockStart {
  readonly cursor: readonly number[];
  readonly transitions: number;
}

/** Rows per call of the kernel, at most: it is optimized between calls, and progress is shown. */
const PROGRESS_ROWS = 1 << 16;

export class Search {
  readonly system: TransitionSystem;
  readonly knowledge: Knowledge;
  readonly store: StateStore;
  readonly watchers: Watchers;
  readonly findings: Findings;
  transitions = 0;
  /** Steps from the initial state to the farthest state that was expanded. */
  depth = 0;
  readonly #watch: Watch;
  readonly #limits: Limits;
  readonly #tuning: Tuning;
  readonly #kind: KernelKind;
  readonly #jobs: number;
  #batch: Batch | undefined;
  /** Where the moves at hand began. */
  #block: BlockStart;
  readonly #shape: SearchShape;
  readonly #tree: Tree;
  /** The first row of the level that is being expanded, and of the next one. */
  #level = 0;
  #nextLevel = 0;
  /** Where the rows ended before the search ended between two of them. */
  #end = 0;
  /** Of the level that is being expanded. */
  #boundary: Boundary | undefined;

  constructor(system: TransitionSystem, watch: Watch, limits: Limits, kind: KernelKind) {
    this.system = system;
    this.#kind = kind;
    this.#jobs = Math.min(limits.jobs ?? 1, SEGMENTS);
    this.#watch = watch;
    this.#limits = limits;
    this.#shape = shapeOf(system, watch);
    this.watchers = new Watchers(watch);
    this.knowledge = new Knowledge(system, this.watchers);
    this.findings = new Findings(this.watchers, watch.goals.length, system.processes.length);
    const sizes = {
      components: system.components.length,
      processes: system.processes.length,
      rules: this.watchers.states.length,
      parts: this.#jobs,
      renamings: system.renamings ?? [],
    };
    this.#tuning = { ...DEFAULT_TUNING, ...limits.tuning };
    this.store = new StateStore(kind, limits.maxBytes ?? MAX_BYTES, sizes, this.knowledge, this.#tuning);
    this.#tree = new Tree(this.store.arena);
    this.#block = this.#startOfBlock();
  }

  /** Bytes of states and of how they were reached, free space included. */
  get bytes(): number {
    return this.store.bytes + this.#tree.bytes;
  }

  /** The first shortest path to a state; none if states that differ by names are one: it would change names on its way. */
  pathTo(row: number): PathStep[] {
    if (this.system.renamings !== undefined) return [];
    const processes = this.system.processes.length;
    return stepsOf(this.store, processes, this.knowledge.initialIds(), this.#tree.pathTo(row));
  }

  /**
   * Searches to the end, or goes on from an image; a step of the generator is a part of a level at most.
   * Throws a CapacityError when it runs out of something, PMC153 for an image of something else.
   */
  *steps(kept?: KeptImage): Generator<undefined, End> {
    try {
      return yield* this.#steps(kept);
    } finally {
      this.#batch?.close();
    }
  }

  *#steps(kept?: KeptImage): Generator<undefined, End> {
    const { store } = this;
    this.#set(R.sizeLimit, Math.min(this.#limits.maxStates, 2 ** 32 - 1));
    const first = kept === undefined ? this.#begin() : this.#goOn(kept);
    if (first !== undefined) return first;
    for (;;) {
      const to = store.size;
      this.#level = this.#nextLevel;
      this.#nextLevel = to;
      this.#boundary = this.#here();
      // Liveness is about all of them.
      if (this.#watch.cycles.length === 0) store.release(this.#level);
      store.lane.start(this.#level, to);
      while (this.#row < to) {
        yield;
        const isLarge = this.#jobs > 1 && store.isCompiled && to - this.#row >= this.#tuning.batchRows;
        const end = isLarge ? this.#expandBatch(to) : this.#expand(Math.min(to, this.#row + PROGRESS_ROWS));
        if (end !== undefined) return end;
        this.#report();
      }
      if (store.size === to) return { kind: "complete" };
      this.depth++;
    }
  }

  /** The next row to be expanded. */
  get #row(): number {
    return this.store.lane.get(LANE.row);
  }

  /** What there was when the level began; undefined before the first one. */
  image(): Image | undefined {
    if (this.#boundary === undefined) return undefined;
    const first = this.#watch.cycles.length === 0 ? this.#level : 0;
    const end = Math.max(this.#end, this.store.size);
    return imageOf(this.#shape, this.#boundary, { first, end }, this.store, this.#tree);
  }

  /** Enters the initial state. */
  #begin(): End | undefined {
    this.#updateWanted();
    const ids = this.knowledge.initialIds();
    this.store.fit();
    this.store.buffer(ids);
    // It was buffered, but no transition leads to it.
    return this.#flush(false);
  }

  /** Makes the states of an image its own. */
  #goOn(kept: KeptImage): End | undefined {
    const { shape, progressed, asked, states } = kept.header;
    if (JSON.stringify(shape) !== JSON.stringify(this.#shape)) {
      throw new PmucheckError("PMC153", "the checkpoint is of another system, or of another property");
    }
    this.knowledge.initialIds();
    const list = readWords(kept, asked.words);
    const learn = (table: number, learned: Learned) => this.store.remember(table, learned);
    recall(list, asked, this.knowledge, learn, this.store.answers.log);
    this.store.restore(states, kept);
    this.#tree.load(progressed.transitions, kept.read);
    this.#nextLevel = progressed.level;
    this.transitions = progressed.transitions;
    this.depth = progressed.depth;
    this.findings.restore(progressed);
    this.#set(R.checked, states.states);
    this.#updateWanted();
    return states.states > this.#limits.maxStates ? this.#tooMany() : undefined;
  }

  #here(): Boundary {
    const { store, transitions, depth, findings } = this;
    return {
      states: store.size,
      logged: store.answers.log.length,
      progressed: { level: this.#level, transitions, depth, ...findings.kept },
    };
  }

  #tooMany(): End {
    return { kind: "bound", bound: `more than ${this.#limits.maxStates} states` };
  }

  #report(): void {
    this.#limits.onProgress?.({
      states: this.store.size,
      transitions: this.transitions,
      depth: this.depth,
      frontier: this.store.size - this.#row,
    });
  }

  /** Expands the rows from the cursor up to one; returns why the search has to end here, if it has to. */
  #expand(rowEnd: number): End | undefined {
    const { store } = this;
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
    const { store } = this;
    const batch = (this.#batch ??= this.#newBatch());
    this.#block = this.#startOfBlock();
    const status = batch.gather(rowEnd);
    this.#tree.reserve(batch.successors);
    const transitions = batch.accepted.map((lane) => lane.get(LANE.buffered));
    batch.dedupe();
    batch.number();
    batch.accepted.forEach((lane, i) => this.#count(lane, transitions[i] as number));
    const end = store.size > this.#limits.maxStates ? this.#endAtLimit() : this.#check();
    if (end !== undefined) return end;
    for (const lane of batch.accepted) this.findings.take(lane);
    return this.#goOnAfter(status);
  }

  /** Sees to what a status asks for, and has the states move to another layout if it is time to. */
  #goOnAfter(status: number): End | undefined {
    const { store } = this;
    const { settlings } = store;
    const made = this.system.renamings === undefined ? 0 : movesBefore(store);
    const end = this.#handle(status);
    if (end !== undefined) return end;
    store.regroup();
    if (store.settlings !== settlings) {
      // The row at the cursor may be called otherwise now, and so may be who has moved: it is begun again.
      store.lane.start(this.#row, store.lane.get(LANE.rowEnd));
      this.transitions -= made;
    }
    return undefined;
  }

  #newBatch(): Batch {
    const branching = Math.max(1, this.transitions / Math.max(1, this.#row));
    return new Batch(this.store, this.knowledge, this.#kind, this.#jobs, this.#tuning, branching);
  }

  #handle(status: number): End | undefined {
    const { store, knowledge } = this;
    switch (status) {
      case STATUS.miss: {
        const process = store.lane.get(LANE.process);
        // A batch may have learned it already.
        const learned = this.#batch?.takeLearned() ?? knowledge.answer(process, store.idsOf(this.#row));
        store.fit();
        store.remember(process, learned);
        return undefined;
      }
      case STATUS.broken:
        return this.#breakTransition();
      case STATUS.stuck:
        return { kind: "stuck", path: this.pathTo(this.#row) };
      case STATUS.nodeFull:
        store.growNode(store.lane.get(LANE.fullNode));
        return undefined;
      case STATUS.unmapped:
        store.mapSuccessor(this.#row, store.lane.get(LANE.process), store.lane.get(LANE.outcome));
        return undefined;
      default:
        return undefined;
    }
  }

  /** Enters the buffered states of the main lane and checks the new ones. Is it by transitions that they were reached? */
  #flush(byTransitions = true): End | undefined {
    const { store } = this;
    const { lane } = store;
    store.reserve(this.#tuning.block);
    this.#tree.reserve(this.#tuning.block);
    const buffered = lane.get(LANE.buffered);
    let status = store.kernel.flush(lane.address);
    for (; status === STATUS.tableFull; status = store.kernel.flush(lane.address)) store.growVisited();
    if (byTransitions) this.#count(lane, buffered);
    lane.clearBits();
    if (status === STATUS.limit) return this.#endAtLimit();
    const end = this.#check();
    if (end === undefined) this.findings.take(lane);
    return end;
  }

  /** Counts the transitions of a lane. */
  #count(lane: Lane, transitions: number): void {
    if (this.system.renamings === undefined) this.#tree.append(lane, transitions);
    this.transitions += transitions;
  }

  #endAtLimit(): End {
    const { maxStates } = this.#limits;
    this.#drop(maxStates + 1);
    const end = this.#check();
    if (end !== undefined) return end;
    this.#endAt(maxStates);
    return this.#tooMany();
  }

  /** Forgets that there are rows from one on. */
  #drop(row: number): void {
    this.#end = Math.max(this.#end, this.store.size);
    this.#set(R.size, row);
  }

  /**
   * Has the search end with the move that led to a new row: moves are made in blocks, and what was found behind that
   * one is nobody's business.
   */
  #endAt(row: number): void {
    const { store } = this;
    const { cursor, transitions } = this.#block;
    this.#drop(row + 1);
    this.transitions = transitions;
    if (row === 0) return;
    store.lane.cursor = cursor;
    store.lane.set(LANE.rowEnd, row);
    store.lane.forget();
    if (!find(store, row)) throw new Error(`no move of its block leads to state ${row}`);
    const moves = store.lane.get(LANE.moves);
    this.transitions += moves;
    this.findings.take(store.lane);
    this.knowledge.endAt(moves);
  }

  #startOfBlock(): BlockStart {
    this.knowledge.startBlock();
    return { cursor: this.store.lane.cursor, transitions: this.transitions };
  }

  /** Checks the rules on states in the rows that are new. */
  #check(): End | undefined {
    if (this.watchers.states.length === 0) return undefined;
    for (;;) {
      const status = this.store.kernel.check(this.store.lane.address);
      if (status === STATUS.done) return undefined;
      const [row, rule] = [this.#get(R.checked), this.#get(R.rule)];
      if (status === STATUS.miss) {
        const table = this.system.processes.length + rule;
        this.store.remember(table, this.knowledge.answer(table, this.store.idsOf(row)));
      } else {
        this.findings.breakState(rule, this.pathTo(row));
        if (this.#updateWanted()) {
          this.#endAt(row);
          return { kind: "decided" };
        }
      }
    }
  }

  /** The move at the cursor breaks rules; ends the search if no goal is left. */
  #breakTransition(): End | undefined {
    const { arena, lane } = this.store;
    const [row, process, outcome] = [this.#row, lane.get(LANE.process), lane.get(LANE.outcome)];
    this.store.decode(row);
    const move = this.store.moveAddress(process, outcome);
    const broken = arena.words[(move + MOVE.broken) >>> 2] as number;
    const witnessed = arena.words[(move + MOVE.witnessed) >>> 2] as number;
    this.findings.breakTransition(broken, () => [...this.pathTo(row), { process, outcome }]);
    if (!this.#updateWanted()) return undefined;
    this.transitions++;
    this.findings.witness(witnessed);
    return { kind: "decided" };
  }

  /** Tells the kernel which rules still matter; true if the search is decided. */
  #updateWanted(): boolean {
    const { findings } = this;
    this.#set(R.wantedTransitions, findings.wantedTransitions);
    this.#set(R.wantedStates, findings.wantedStates);
    return findings.areAllBroken && this.#watch.cycles.length === 0;
  }

  #get(register: number): number {
    return this.store.arena.words[register] as number;
  }

  #set(register: number, value: number): void {
    this.store.arena.words[register] = value;
  }
}
