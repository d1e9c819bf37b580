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
import { TransitionGraph } from "./graph.js";
import { Interner } from "./interner.js";
import { fairCycle } from "./lasso.js";
import { StateSet } from "./state-set.js";

type OnObservation = (observation: Observation) => boolean;
type OnState = (read: (component: number) => unknown) => boolean;

/** A property: broken by the first transition or state that breaks one of its rules. */
export interface Goal {
  /** Transitions with such an observation break it. */
  readonly transitions: readonly OnObservation[];
  /** States for which this is true break it. */
  readonly states: readonly OnState[];
}

/** A liveness property: broken by a fair cycle (lasso.ts). */
export interface CycleGoal {
  /** Is it waited for in this state? */
  readonly waits: OnState;
  /** Transitions with such an observation are not allowed in the cycle. */
  readonly without?: OnObservation;
  /** The cycle has to take transitions with such an observation. */
  readonly through?: OnObservation;
}

/** What to watch for: at most 32 rules on transitions in all goals together, and at most 32 witnesses. */
export interface Watch {
  /** The search ends when all of them are broken, unless there are cycles to look for. */
  readonly goals: readonly Goal[];
  /** Looked for when the whole state space is known. At most 16. */
  readonly cycles: readonly CycleGoal[];
  /** Transitions with such an observation are worth knowing of. */
  readonly witnesses: readonly OnObservation[];
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

/** How a goal was broken first: which rule (those on transitions before those on states), and the path to it. */
export interface Break {
  readonly rule: number;
  readonly path: readonly PathStep[];
}

/** A path to a cycle, and the cycle. */
export interface Lasso {
  readonly path: readonly PathStep[];
  readonly cycle: readonly PathStep[];
}

/** Why the search ended. */
export type End =
  | { readonly kind: "complete" }
  /** All goals are broken. */
  | { readonly kind: "decided" }
  /** A state from which nothing can happen. */
  | { readonly kind: "stuck"; readonly path: readonly PathStep[] }
  | { readonly kind: "bound"; readonly bound: string };

export interface Exploration {
  readonly end: End;
  /** For every goal the shortest path that breaks it; undefined for those not broken by what was explored. */
  readonly breaks: readonly (Break | undefined)[];
  /** For every cycle goal a fair cycle; undefined where there is none, or where not everything was explored. */
  readonly lassos: readonly (Lasso | undefined)[];
  readonly states: number;
  readonly transitions: number;
  /** Steps from the initial state to the farthest state that was expanded. */
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

/** One outcome as the search uses it. */
interface Move {
  /** Bits of the rules on transitions that it breaks. */
  readonly broken: number;
  /** Bits of the witnesses that it reaches. */
  readonly witnessed: number;
  /** For cycle goal i: bit 2i, not allowed in the cycle; bit 2i + 1, one that it has to take. */
  readonly cyclic: number;
  /** Component, id, component, id ... */
  readonly writes: readonly number[];
}

/** Ids are 16 bits wide in this engine's rows. */
const MAX_IDS = 1 << 16;
/** Rules and witnesses are bits of a 32-bit integer. */
const BITS = 32;
/** Where the initial state comes from. */
const NOWHERE = -1;
const NEVER = (): boolean => false;
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
  /** All goals' rules on transitions, and on states, each with the goal it belongs to. */
  readonly #transitionRules: readonly {
    readonly goal: number;
    readonly rule: number;
    readonly breaks: OnObservation;
  }[];
  readonly #stateRules: readonly {
    readonly goal: number;
    readonly rule: number;
    readonly broken: FootprintTable<boolean>;
  }[];
  readonly #cycleWatchers: readonly OnObservation[];
  readonly #breaks: (Break | undefined)[];
  readonly #visited: StateSet;
  /** The first state of every level. */
  readonly #levels: number[] = [0];
  readonly #moved: boolean[];
  #transitions = 0;
  #witnessed = 0;

  constructor(system: TransitionSystem, watch: Watch, limits: Limits) {
    this.#system = system;
    this.#watch = watch;
    this.#limits = limits;
    this.#interners = system.components.map((name) => new Interner(name));
    this.#moves = system.processes.map((_, process) => this.#table((read) => this.#ask(process, read)));
    this.#transitionRules = watch.goals.flatMap(({ transitions }, goal) =>
      transitions.map((breaks, rule) => ({ goal, rule, breaks })),
    );
    this.#stateRules = watch.goals.flatMap(({ transitions, states }, goal) =>
      states.map((breaks, i) => ({ goal, rule: transitions.length + i, broken: this.#table(breaks) })),
    );
    this.#cycleWatchers = watch.cycles.flatMap(({ without = NEVER, through = NEVER }) => [without, through]);
    if (
      this.#cycleWatchers.length > BITS ||
      this.#transitionRules.length > BITS ||
      watch.witnesses.length > BITS
    ) {
      throw new RangeError(`more than ${BITS} rules or witnesses`);
    }
    this.#breaks = watch.goals.map(() => undefined);
    this.#visited = new StateSet(system.components.length);
    this.#moved = system.processes.map(() => false);
  }

  run(): Exploration {
    const end = this.#searchWithinCapacity();
    return {
      end,
      breaks: this.#breaks,
      lassos: end.kind === "complete" ? this.#lassos() : this.#watch.cycles.map(() => undefined),
      states: this.#visited.size,
      transitions: this.#transitions,
      depth: this.#levels.length - 1,
      witnesses: this.#watch.witnesses.map((_, i) => ((this.#witnessed >>> i) & 1) === 1),
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
    if (this.#checkState(0, NOWHERE)) return { kind: "decided" };
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
        this.#witnessed |= move.witnessed;
        if (move.broken !== 0 && this.#checkTransition(move.broken, state, process, outcome))
          return { kind: "decided" };
        this.#writeScratch(row, move);
        if (!visited.add()) continue;
        if (visited.size > this.#limits.maxStates) {
          return { kind: "bound", bound: `more than ${this.#limits.maxStates} states` };
        }
        if (this.#checkState(visited.size - 1, state, process, outcome)) return { kind: "decided" };
      }
    }
    return alive ? undefined : { kind: "stuck", path: this.#pathTo(state) };
  }

  /** Notes the goals that a transition breaks; true if none is left. */
  #checkTransition(broken: number, from: number, process: number, outcome: number): boolean {
    this.#transitionRules.forEach(({ goal, rule }, i) => {
      if (((broken >>> i) & 1) === 1)
        this.#breaks[goal] ??= { rule, path: this.#pathBy(from, process, outcome) };
    });
    return this.#isDecided();
  }

  /** Notes the goals that a state breaks; true if none is left. */
  #checkState(state: number, from: number, process = 0, outcome = 0): boolean {
    const { rows, stride } = this.#visited;
    let any = false;
    for (const { goal, rule, broken } of this.#stateRules) {
      if (this.#breaks[goal] !== undefined || !broken.at(rows, state * stride)) continue;
      this.#breaks[goal] = { rule, path: this.#pathBy(from, process, outcome) };
      any = true;
    }
    return any && this.#isDecided();
  }

  #isDecided(): boolean {
    return this.#watch.cycles.length === 0 && this.#breaks.every((found) => found !== undefined);
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

  /** The path that ends with one more step from a state. */
  #pathBy(from: number, process: number, outcome: number): PathStep[] {
    return from === NOWHERE ? [] : [...this.#pathTo(from), { process, outcome }];
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

  /** For every cycle goal a fair cycle in which it waits, with the path to it. */
  #lassos(): (Lasso | undefined)[] {
    const { cycles } = this.#watch;
    if (cycles.length === 0) return [];
    const graph = this.#graph();
    return cycles.map(({ waits, through }, goal) => {
      const waiting = this.#table(waits);
      const cycle = fairCycle(graph, {
        waits: (state) => waiting.at(this.#visited.rows, state * this.#visited.stride),
        forbidden: 1 << (2 * goal),
        through: through === undefined ? 0 : 1 << (2 * goal + 1),
        fair: this.#system.fair,
      });
      if (cycle === undefined) return undefined;
      return {
        path: this.#pathTo(cycle.entry),
        cycle: cycle.edges.map((edge) => ({ process: graph.process(edge), outcome: graph.outcome(edge) })),
      };
    });
  }

  #graph(): TransitionGraph {
    const graph = new TransitionGraph(this.#visited.size, this.#transitions);
    for (let state = 0; state < this.#visited.size; state++) {
      const row = state * this.#visited.stride;
      for (let process = 0; process < this.#moves.length; process++) {
        this.#movesOf(process, row).forEach((move, outcome) => {
          this.#writeScratch(row, move);
          graph.add(this.#visited.indexOfScratch(), process, outcome, move.cyclic);
        });
      }
      graph.endState();
    }
    return graph;
  }

  #table<A>(compute: (read: (component: number) => unknown) => A): FootprintTable<A> {
    return new FootprintTable(this.#interners, compute);
  }

  /** What a process can do, once per footprint. */
  #ask(process: number, read: (component: number) => unknown): readonly Move[] {
    const breaks = this.#transitionRules.map((rule) => rule.breaks);
    return this.#system.run(process, read).map(({ writes, observations }) => ({
      broken: bitsOf(breaks, observations),
      witnessed: bitsOf(this.#watch.witnesses, observations),
      cyclic: bitsOf(this.#cycleWatchers, observations),
      writes: [...writes].flatMap(([component, value]) => [component, this.#idOf(component, value)]),
    }));
  }

  #idOf(component: number, value: unknown): number {
    const interner = this.#interners[component];
    const id = interner?.idOf(value) ?? 0;
    if (id >= MAX_IDS) throw new CapacityError(`component ${interner?.name} has more than ${MAX_IDS} values`);
    return id;
  }
}

/** Bit i is set if one of the observations is watched by watcher i. */
function bitsOf(watchers: readonly OnObservation[], observations: readonly Observation[]): number {
  return watchers.reduce((bits, isWatched, i) => (observations.some(isWatched) ? bits | (1 << i) : bits), 0);
}

/** The search ran out of something it cannot do without. */
class CapacityError extends Error {}
