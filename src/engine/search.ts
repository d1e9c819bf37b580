/**
 * The search: breadth-first, level by level, in an order that depends on nothing but the system.
 *
 * The kernel makes moves in blocks; between blocks the search learns what the tables do not know, makes room, notes
 * broken rules, and decides whether to go on.
 */
import type { TransitionSystem } from "../spec/transition-system.js";
import { MAX_BYTES } from "./arena.js";
import { R, STATUS } from "./control.js";
import type { Break, End, Limits, PathStep, Watch } from "./exploration.js";
import { MOVE, MOVES, moveBytes } from "./footprint-tables.js";
import type { KernelKind } from "./kernel.js";
import { Knowledge } from "./knowledge.js";
import { pathTo } from "./path.js";
import { StateStore } from "./state-store.js";
import { DEFAULT_TUNING } from "./tuning.js";
import { wantedBits, Watchers } from "./watchers.js";

/** Rows per call of the kernel, at most: it is optimized between calls, and progress is shown. */
const PROGRESS_ROWS = 1 << 16;

export class Search {
  readonly system: TransitionSystem;
  readonly knowledge: Knowledge;
  readonly store: StateStore;
  readonly breaks: (Break | undefined)[];
  transitions = 0;
  /** Steps from the initial state to the farthest state that was expanded. */
  depth = 0;
  readonly #watch: Watch;
  readonly #watchers: Watchers;
  readonly #limits: Limits;
  /** The first row of every level, the next one included. */
  readonly #levels: number[] = [0];

  constructor(system: TransitionSystem, watch: Watch, limits: Limits, kind: KernelKind) {
    this.system = system;
    this.#watch = watch;
    this.#limits = limits;
    this.#watchers = new Watchers(watch);
    this.knowledge = new Knowledge(system, this.#watchers);
    this.breaks = watch.goals.map(() => undefined);
    const sizes = {
      components: system.components.length,
      processes: system.processes.length,
      rules: this.#watchers.states.length,
    };
    const tuning = { ...DEFAULT_TUNING, ...limits.tuning };
    this.store = new StateStore(kind, limits.maxBytes ?? MAX_BYTES, sizes, tuning);
  }

  get watchers(): Watchers {
    return this.#watchers;
  }

  /** Bits of the witnesses reached. */
  get witnessed(): number {
    return this.#get(R.witnessed);
  }

  hasMoved(process: number): boolean {
    return this.store.arena.words[(this.store.addresses.moved >>> 2) + process] === 1;
  }

  /** The first shortest path to a state. */
  pathTo(row: number): PathStep[] {
    return pathTo(this.store, this.#levels, row);
  }

  /** The ids of a row, one at a time. */
  idsOf(row: number): (component: number) => number {
    this.store.decode(row);
    return (component) => this.store.id(component);
  }

  /** Searches to the end. Throws a CapacityError when it runs out of something. */
  run(): End {
    const { store } = this;
    this.#set(R.sizeLimit, Math.min(this.#limits.maxStates, 2 ** 32 - 1));
    this.#updateWanted();
    const ids = this.knowledge.initialIds();
    store.fit(this.knowledge.counts);
    store.buffer(ids);
    const initial = this.#flush();
    // It was buffered, but no transition led to it.
    this.transitions = 0;
    if (initial !== undefined) return initial;
    for (;;) {
      const from = this.#levels.at(-1) ?? 0;
      const to = store.size;
      this.#levels.push(to);
      for (let row = from; row < to; row += PROGRESS_ROWS) {
        const end = this.#expand(Math.min(to, row + PROGRESS_ROWS));
        if (end !== undefined) return end;
        this.#report();
      }
      if (store.size === to) return { kind: "complete" };
      this.depth++;
    }
  }

  #report(): void {
    this.#limits.onProgress?.({
      states: this.store.size,
      transitions: this.transitions,
      depth: this.depth,
      frontier: this.store.size - this.#get(R.row),
    });
  }

  /** Expands the rows from the cursor up to one; returns why the search has to end here, if it has to. */
  #expand(rowEnd: number): End | undefined {
    this.#set(R.rowEnd, rowEnd);
    for (;;) {
      const status = this.store.kernel.expand();
      const end = this.#flush() ?? this.#handle(status);
      if (end !== undefined) return end;
      if (status === STATUS.done) return undefined;
      this.store.regroup(this.knowledge.counts);
    }
  }

  #handle(status: number): End | undefined {
    switch (status) {
      case STATUS.miss: {
        const process = this.#get(R.process);
        const { footprint, answer } = this.knowledge.moves(process, this.idsOf(this.#get(R.row)));
        this.store.fit(this.knowledge.counts);
        this.store.answers.add(process, footprint, answer);
        return undefined;
      }
      case STATUS.broken:
        return this.#breakTransition();
      case STATUS.stuck:
        return { kind: "stuck", path: this.pathTo(this.#get(R.row)) };
      case STATUS.nodeFull:
        this.store.growNode(this.#get(R.fullNode));
        return undefined;
      default:
        return undefined;
    }
  }

  /** Enters the buffered states and checks the new ones. */
  #flush(): End | undefined {
    this.store.reserveBlock();
    for (;;) {
      const buffered = this.#get(R.buffered);
      const before = this.#get(R.flushed);
      const status = this.store.kernel.flush();
      this.transitions += (status === STATUS.done ? buffered : this.#get(R.flushed)) - before;
      if (status === STATUS.tableFull) this.store.growVisited(true);
      else if (status === STATUS.limit) {
        return this.#check() ?? { kind: "bound", bound: `more than ${this.#limits.maxStates} states` };
      } else return this.#check();
    }
  }

  /** Checks the rules on states in the rows that are new. */
  #check(): End | undefined {
    if (this.#watchers.states.length === 0) return undefined;
    for (;;) {
      const status = this.store.kernel.check();
      if (status === STATUS.done) return undefined;
      const [row, rule] = [this.#get(R.checked), this.#get(R.rule)];
      const watched = this.#watchers.states[rule];
      if (watched === undefined) throw new Error(`there is no rule ${rule} on states`);
      if (status === STATUS.miss) {
        const { footprint, answer } = this.knowledge.truth(watched.isBroken, this.idsOf(row));
        this.store.answers.add(this.system.processes.length + rule, footprint, answer);
      } else {
        this.breaks[watched.goal] = { rule: watched.rule, path: this.pathTo(row) };
        if (this.#updateWanted()) return { kind: "decided" };
      }
    }
  }

  /** The move at the cursor breaks rules; ends the search if no goal is left. */
  #breakTransition(): End | undefined {
    const { arena, answers, layout, addresses } = this.store;
    const [row, process, outcome] = [this.#get(R.row), this.#get(R.process), this.#get(R.outcome)];
    this.store.decode(row);
    const move = answers.find(process, addresses.leaves) + MOVES + outcome * moveBytes(layout.leaves);
    const broken = arena.words[(move + MOVE.broken) >>> 2] as number;
    const witnessed = arena.words[(move + MOVE.witnessed) >>> 2] as number;
    this.#watchers.transitions.forEach(({ goal, rule }, i) => {
      if (((broken >>> i) & 1) === 1)
        this.breaks[goal] ??= { rule, path: [...this.pathTo(row), { process, outcome }] };
    });
    if (!this.#updateWanted()) return undefined;
    this.transitions++;
    this.#set(R.witnessed, this.witnessed | witnessed);
    return { kind: "decided" };
  }

  /** Tells the kernel which rules still matter; true if the search is decided. */
  #updateWanted(): boolean {
    const isBroken = (goal: number) => this.breaks[goal] !== undefined;
    this.#set(R.wantedTransitions, wantedBits(this.#watchers.transitions, isBroken));
    this.#set(R.wantedStates, wantedBits(this.#watchers.states, isBroken));
    const isAnyBroken = this.breaks.some((found) => found !== undefined);
    return (
      isAnyBroken && this.#watch.cycles.length === 0 && this.breaks.every((found) => found !== undefined)
    );
  }

  #get(register: number): number {
    return this.store.arena.words[register] as number;
  }

  #set(register: number, value: number): void {
    this.store.arena.words[register] = value;
  }
}
