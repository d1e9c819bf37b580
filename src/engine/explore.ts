/**
 * Exhaustive breadth-first search.
 *
 * Visits every reachable state once, level by level, in an order that depends on nothing but the system: the same
 * counts and the same shortest trace every time. Ends early at the first broken rule or at a bound, and says which.
 * Knows no model: it sees components, processes and observations only.
 */
import type { Observation } from "../spec/observation.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { FootprintTable } from "./footprint-table.js";
import { Interner } from "./interner.js";
import { StateSet } from "./state-set.js";

/** What to watch for. At most 31 watchers in all. */
export interface Watch {
  /** Transitions with such an observation break a rule: the search ends. */
  readonly broken: readonly ((observation: Observation) => boolean)[];
  /** Transitions with such an observation are worth knowing of: the search goes on. */
  readonly witnesses: readonly ((observation: Observation) => boolean)[];
  /** States for which this is true break a rule: the search ends. */
  readonly brokenStates: readonly ((read: (component: number) => unknown) => boolean)[];
}

export interface Limits {
  readonly maxStates: number;
  /** Called now and then. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly frontier: number;
}

/** One step of a path: which process moved, and which of its outcomes it was. */
export interface PathStep {
  readonly process: number;
  readonly outcome: number;
}

/** Why the search ended. */
export type End =
  | { readonly kind: "complete" }
  /** `broken` counts the watched transitions first, then the watched states. */
  | { readonly kind: "broken"; readonly rule: number; readonly path: readonly PathStep[] }
  /** A state from which nothing can happen. */
  | { readonly kind: "stuck"; readonly path: readonly PathStep[] }
  | { readonly kind: "bound"; readonly bound: string };

export interface Exploration {
  readonly end: End;
  readonly states: number;
  readonly transitions: number;
  /** Length of the longest shortest path; of the path to the end if the search ended early. */
  readonly depth: number;
  /** Which witnesses were reached. */
  readonly witnesses: readonly boolean[];
  /** Processes that never moved. */
  readonly idle: readonly string[];
  /** Bytes of the visited set. */
  readonly bytes: number;
  /** Distinct values per component. */
  readonly values: Readonly<Record<string, number>>;
  /** How often the system had to be asked. */
  readonly asked: number;
}

/** One outcome as the search uses it: bits of the watchers it trips, and what it writes. */
interface Move {
  readonly watched: number;
  /** Component, id, component, id ... */
  readonly writes: readonly number[];
}

/** Ids are 16 bits wide in this engine's rows. */
const MAX_IDS = 1 << 16;
const PROGRESS_INTERVAL = 1 << 16;

export function explore(system: TransitionSystem, watch: Watch, limits: Limits): Exploration {
  return new Search(system, watch, limits).run();
}

class Search {
  readonly #system: TransitionSystem;
  readonly #watch: Watch;
  readonly #limits: Limits;
  readonly #interners: readonly Interner[];
  readonly #moves: readonly FootprintTable<readonly Move[]>[];
  readonly #brokenStates: readonly FootprintTable<boolean>[];
  readonly #visited: StateSet;
  /** The first state of every level. */
  readonly #levels: number[] = [0];
  readonly #moved: boolean[];
  #transitions = 0;
  #watched = 0;

  constructor(system: TransitionSystem, watch: Watch, limits: Limits) {
    this.#system = system;
    this.#watch = watch;
    this.#limits = limits;
    this.#interners = system.components.map((name) => new Interner(name));
    this.#moves = system.processes.map((_, process) => this.#table((read) => this.#ask(process, read)));
    this.#brokenStates = watch.brokenStates.map((isBroken) => this.#table(isBroken));
    this.#visited = new StateSet(system.components.length);
    this.#moved = system.processes.map(() => false);
  }

  run(): Exploration {
    const end = this.#searchWithinCapacity();
    const witnesses = this.#watch.witnesses.map((_, i) => this.#isWatched(this.#watch.broken.length + i));
    return {
      end,
      states: this.#visited.size,
      transitions: this.#transitions,
      depth: "path" in end ? end.path.length : this.#levels.length - 1,
      witnesses,
      idle: this.#system.processes.filter((_, process) => this.#moved[process] !== true),
      bytes: this.#visited.bytes,
      values: Object.fromEntries(this.#interners.map(({ name, values }) => [name, values.length])),
      asked: this.#moves.reduce((sum, { misses }) => sum + misses, 0),
    };
  }

  /** Running out of something is a result, and never a wrong count. */
  #searchWithinCapacity(): End {
    try {
      return this.#search();
    } catch (error) {
      if (error instanceof CapacityError) return { kind: "bound", bound: error.message };
      throw error;
    }
  }

  #search(): End {
    const visited = this.#visited;
    this.#system.initial.forEach((value, component) => {
      visited.rows[visited.scratch + component] = this.#idOf(component, value);
    });
    visited.add();
    const broken = this.#brokenState(0);
    if (broken >= 0) return { kind: "broken", rule: this.#watch.broken.length + broken, path: [] };
    for (let state = 0; ;) {
      const next = visited.size;
      for (; state < next; state++) {
        const end = this.#expand(state);
        if (end !== undefined) return end;
        if (state % PROGRESS_INTERVAL === 0) this.#report(state);
      }
      if (visited.size === next) return { kind: "complete" };
      this.#levels.push(next);
    }
  }

  #report(expanded: number): void {
    this.#limits.onProgress?.({
      states: this.#visited.size,
      transitions: this.#transitions,
      depth: this.#levels.length - 1,
      frontier: this.#visited.size - expanded,
    });
  }

  /** Visits the successors of a state; returns why the search has to end here, if it has to. */
  #expand(state: number): End | undefined {
    const visited = this.#visited;
    const row = state * visited.stride;
    let alive = false;
    for (let process = 0; process < this.#moves.length; process++) {
      const moves = this.#movesOf(process, row);
      for (let outcome = 0; outcome < moves.length; outcome++) {
        const move = moves[outcome] as Move;
        alive = true;
        this.#transitions++;
        this.#moved[process] = true;
        this.#watched |= move.watched;
        const rule = this.#brokenRule(move.watched);
        if (rule >= 0) return { kind: "broken", rule, path: [...this.#pathTo(state), { process, outcome }] };
        this.#writeScratch(row, move);
        if (!visited.add()) continue;
        if (visited.size > this.#limits.maxStates) {
          return { kind: "bound", bound: `more than ${this.#limits.maxStates} states` };
        }
        const brokenState = this.#brokenState(visited.size - 1);
        if (brokenState < 0) continue;
        const path = [...this.#pathTo(state), { process, outcome }];
        return { kind: "broken", rule: this.#watch.broken.length + brokenState, path };
      }
    }
    return alive ? undefined : { kind: "stuck", path: this.#pathTo(state) };
  }

  #movesOf(process: number, row: number): readonly Move[] {
    return (this.#moves[process] as FootprintTable<readonly Move[]>).at(this.#visited.rows, row);
  }

  /** Writes the successor of the state at `row` to the scratch row. */
  #writeScratch(row: number, { writes }: Move): void {
    const { rows, scratch, stride } = this.#visited;
    rows.copyWithin(scratch, row, row + stride);
    for (let i = 0; i < writes.length; i += 2)
      rows[scratch + (writes[i] as number)] = writes[i + 1] as number;
  }

  /**
   * The first shortest path to a state. No state remembers its parent: the level before is expanded again, once
   * per step of the path.
   */
  #pathTo(state: number): PathStep[] {
    const path: PathStep[] = [];
    for (let at = state; at > 0;) {
      const level = this.#levels.findLastIndex((first) => first <= at);
      const { parent, step } = this.#parentOf(at, this.#levels[level - 1] ?? 0, this.#levels[level] ?? 0);
      path.push(step);
      at = parent;
    }
    return path.reverse();
  }

  #parentOf(state: number, from: number, to: number): { parent: number; step: PathStep } {
    for (let parent = from; parent < to; parent++) {
      const row = parent * this.#visited.stride;
      for (let process = 0; process < this.#moves.length; process++) {
        const moves = this.#movesOf(process, row);
        for (let outcome = 0; outcome < moves.length; outcome++) {
          this.#writeScratch(row, moves[outcome] as Move);
          if (this.#visited.isScratch(state)) return { parent, step: { process, outcome } };
        }
      }
    }
    throw new Error(`state ${state} has no parent in the level before it`);
  }

  #table<A>(compute: (read: (component: number) => unknown) => A): FootprintTable<A> {
    return new FootprintTable(this.#interners, compute);
  }

  /** What a process can do, once per footprint. */
  #ask(process: number, read: (component: number) => unknown): readonly Move[] {
    return this.#system.run(process, read).map(({ writes, observations }) => ({
      watched: this.#watchersOf(observations),
      writes: [...writes].flatMap(([component, value]) => [component, this.#idOf(component, value)]),
    }));
  }

  #idOf(component: number, value: unknown): number {
    const interner = this.#interners[component];
    const id = interner?.idOf(value) ?? 0;
    if (id >= MAX_IDS) throw new CapacityError(`component ${interner?.name} has more than ${MAX_IDS} values`);
    return id;
  }

  #watchersOf(observations: readonly Observation[]): number {
    let bits = 0;
    [...this.#watch.broken, ...this.#watch.witnesses].forEach((isWatched, i) => {
      if (observations.some(isWatched)) bits |= 1 << i;
    });
    return bits;
  }

  #brokenRule(watched: number): number {
    const rules = watched & ((1 << this.#watch.broken.length) - 1);
    return rules === 0 ? -1 : 31 - Math.clz32(rules & -rules);
  }

  #brokenState(state: number): number {
    const { rows, stride } = this.#visited;
    return this.#brokenStates.findIndex((isBroken) => isBroken.at(rows, state * stride));
  }

  #isWatched(watcher: number): boolean {
    return ((this.#watched >> watcher) & 1) === 1;
  }
}

/** The search ran out of something it cannot do without. */
class CapacityError extends Error {}
