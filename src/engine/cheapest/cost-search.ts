/**
 * The search by cost: states in layers, by cost and then by steps (cost-layers.ts).
 *
 * The kernel makes the moves that cost nothing. It takes one that costs something for a broken rule and stops; its row is
 * marked, and the move is made when the search has come to the layer that it leads to.
 */
import { CheapestPath } from "./backward-path.js";
import { LANE, R, STATUS } from "../memory/control-block.js";
import { costlyMoves, makeMove, moveOf, type CostedMove } from "./costed-moves.js";
import type { Lane } from "../memory/lane.js";
import { Layers, ROWS, type Layer } from "./cost-layers.js";
import { enterBuffered, learnAtCursor, nextBrokenState } from "../search/kernel-calls.js";
import type { Search } from "../search/breadth-first.js";
import { Sightings } from "./cheapest-found.js";
import { COSTLY, wantedBits } from "../oracle/watch-bits.js";
import type { Limits } from "../api/limits.js";

/** What is looked for. */
export interface Aim {
  /** By goal: paths that break it and cost less than this. */
  readonly below: readonly number[];
  /** A path that costs less than this to a state from which nothing can happen. */
  readonly stuckBelow: number;
  /** Goals that no path may break. */
  readonly forbidden: (goal: number) => boolean;
}

export class CostSearch {
  readonly found: Sightings;
  /** States visited. */
  states = 0;
  readonly #search: Search;
  readonly #limits: Limits;
  readonly #aim: Aim;
  readonly #layers = new Layers();
  readonly #paths: CheapestPath;
  /** The layer that rows are being added to. */
  #cost = 0;
  #steps = 0;
  /** Bits of the rules on transitions that may not be broken. */
  readonly #forbidden: number;
  #bound: string | undefined;

  constructor(search: Search, limits: Limits, aim: Aim) {
    const { store, system, watchers } = search;
    this.#search = search;
    this.#limits = limits;
    this.#aim = aim;
    this.found = new Sightings(aim.below.length);
    this.#forbidden = wantedBits(watchers.transitions, (goal) => !aim.forbidden(goal));
    const isAllowed = ({ broken }: CostedMove) => (broken & this.#forbidden) === 0;
    this.#paths = new CheapestPath(store, system.processes.length, this.#layers, isAllowed);
  }

  /** Searches to the end, and says what it ran out of, if it did. Throws a CapacityError when that is memory. */
  *run(): Generator<undefined, string | undefined> {
    const { store, knowledge } = this.#search;
    store.clear();
    this.#set(R.sizeLimit, Math.min(this.#limits.maxStates, 2 ** 32 - 1));
    if (!this.#updateWanted()) {
      store.buffer(store.encoding.encode(knowledge.initialIds()));
      while (!(yield* this.#visitCost()) && !this.#updateWanted());
    }
    return this.#bound;
  }

  /** Is anything looked for that may cost so much? */
  #isWanted(cost: number): boolean {
    return this.#isStuckWanted(cost) || this.#aim.below.some((_, goal) => this.#isGoalWanted(goal, cost));
  }

  #isGoalWanted(goal: number, cost: number): boolean {
    return !this.found.isBroken(goal) && cost < (this.#aim.below[goal] ?? 0);
  }

  #isStuckWanted(cost: number): boolean {
    return !this.found.isStuck && cost < this.#aim.stuckBelow;
  }

  /** Tells the kernel what to stop at; true if nothing is looked for any more. */
  #updateWanted(): boolean {
    const { transitions, states } = this.#search.watchers;
    const { forbidden } = this.#aim;
    const isIgnored = (goal: number) => !this.#isGoalWanted(goal, this.#cost) && !forbidden(goal);
    this.#set(R.wantedTransitions, COSTLY | wantedBits(transitions, isIgnored));
    this.#set(R.wantedStates, wantedBits(states, isIgnored));
    return !this.#isWanted(this.#cost);
  }

  /** Visits the states of the current cost, and makes the next cost the current one; true if the search is over. */
  *#visitCost(): Generator<undefined, boolean> {
    let before: Layer | undefined;
    const last = this.#layers.lastSteps(this.#cost);
    for (this.#steps = 0; before !== undefined || this.#steps <= last; this.#steps++) {
      const first = this.#search.store.size;
      const isOver = yield* this.#visitLayer(before);
      yield* this.found.findPaths(this.#paths);
      if (isOver) return true;
      const layer = { cost: this.#cost, steps: this.#steps, first, end: this.#search.store.size };
      before = layer.end === first ? undefined : layer;
      if (before !== undefined) this.#layers.add(before);
      this.#report();
    }
    this.#cost++;
    return false;
  }

  /** Visits the states of the current layer; true if the search is over. */
  *#visitLayer(before: Layer | undefined): Generator<undefined, boolean> {
    if (before !== undefined && (yield* this.#expand(before))) return true;
    return (yield* this.#makeCostlyMoves()) || this.#flush();
  }

  #report(): void {
    const { transitions, depth } = this.#search;
    this.states = this.#search.store.size;
    const frontier = this.states - this.#lane.get(LANE.row);
    this.#limits.onProgress?.({ phase: "cheapest", states: this.states, transitions, depth, frontier });
  }

  /** Makes the moves of a layer that cost nothing, and marks the rows with moves that do. */
  *#expand(layer: Layer): Generator<undefined, boolean> {
    for (const [from, to] of this.#layers.open(layer)) {
      yield;
      this.#lane.start(from, to);
      if (this.#expandRows()) return true;
    }
    return false;
  }

  #expandRows(): boolean {
    const { store } = this.#search;
    for (;;) {
      const status = store.kernel.expand(this.#lane.address);
      if (status === STATUS.done) return false;
      const isMade = status === STATUS.broken && this.#markCostly();
      if (isMade) continue;
      if (this.#flush() || this.#handle(status)) return true;
      store.encoding.regroup();
    }
  }

  /** Passes over the move at the cursor if it costs something; false if it does not. */
  #markCostly(): boolean {
    const { row, cost, outcome } = this.#atCursor();
    if (cost === 0) return false;
    this.#layers.addCostly({ cost: this.#cost, steps: this.#steps - 1 }, row, cost);
    this.#passOver(outcome);
    return true;
  }

  /** Goes on behind a move of the cursor's row, which therefore is not stuck. */
  #passOver(outcome: number): void {
    this.#lane.set(LANE.outcome, outcome + 1);
    this.#lane.set(LANE.alive, 1);
  }

  /** What the kernel stopped at; true if the search is over. */
  #handle(status: number): boolean {
    const { store, knowledge } = this.#search;
    switch (status) {
      case STATUS.miss:
        learnAtCursor(store, knowledge);
        return false;
      case STATUS.broken: {
        const move = this.#atCursor();
        if ((move.broken & this.#forbidden) !== 0) this.#passOver(move.outcome);
        return this.#breakTransition(move);
      }
      case STATUS.stuck:
        return this.#passStuck(this.#lane.get(LANE.row));
      case STATUS.nodeFull:
        store.encoding.growNode(this.#lane.get(LANE.fullNode));
        return false;
      default:
        return false;
    }
  }

  #passStuck(row: number): boolean {
    if (!this.#isStuckWanted(this.#cost)) {
      this.#lane.start(row + 1, this.#lane.get(LANE.rowEnd));
      return false;
    }
    this.found.noteStuck({ row, cost: this.#cost, steps: this.#steps - 1 });
    return true;
  }

  /** Makes the moves of cheaper layers that lead to the current one. */
  *#makeCostlyMoves(): Generator<undefined, boolean> {
    const { store, system } = this.#search;
    for (const layer of this.#layers.before(this.#cost, this.#steps)) {
      for (let row = layer.first; row < layer.end; row++) {
        if ((row + 1) % ROWS === 0) yield;
        if (!this.#layers.costly.has(row)) continue;
        for (const move of costlyMoves(store, row, system.processes.length)) {
          if (layer.cost + move.cost === this.#cost && this.#makeCostlyMove(move)) return true;
        }
      }
    }
    return false;
  }

  #makeCostlyMove(move: CostedMove): boolean {
    const { store } = this.#search;
    // It may have been full when the last rows were done.
    if (this.#lane.get(LANE.buffered) === this.#get(R.block) && this.#flush()) return true;
    if ((move.broken & this.#get(R.wantedTransitions) & ~COSTLY) !== 0) {
      if (this.#flush() || this.#breakTransition(move)) return true;
      if ((move.broken & this.#forbidden) !== 0) return false;
    }
    while (!makeMove(store, move)) {
      const { fullNode } = store.codec;
      if (this.#flush()) return true;
      store.encoding.growNode(fullNode);
    }
    store.buffer(store.codec);
    return false;
  }

  /** A move to the current layer breaks rules; true if nothing is looked for any more. */
  #breakTransition({ row, process, outcome, broken, cost }: CostedMove): boolean {
    this.#search.watchers.transitions.forEach(({ goal, rule }, i) => {
      if (((broken >>> i) & 1) === 0 || !this.#isGoalWanted(goal, this.#cost)) return;
      const place = { row, cost: this.#cost - cost, steps: this.#steps - 1 };
      this.found.noteBroken(goal, { ...place, rule, step: { process, outcome } });
    });
    return this.#updateWanted();
  }

  /** Enters the buffered states and checks the new ones; true if the search is over. */
  #flush(): boolean {
    const { store } = this.#search;
    if (enterBuffered(store, this.#get(R.block)) !== STATUS.limit) return this.#check();
    // Some kernels stop at the first state beyond it, and some at the end of the buffer.
    this.#set(R.size, this.#get(R.sizeLimit) + 1);
    if (!this.#check()) this.#bound = `more than ${this.#limits.maxStates} states`;
    return true;
  }

  /** Checks the rules on states in the rows that are new. */
  #check(): boolean {
    const { store, system, watchers, knowledge } = this.#search;
    if (watchers.states.length === 0) return false;
    for (;;) {
      const broken = nextBrokenState(store, knowledge, system.processes.length);
      if (broken === undefined) return false;
      const watched = watchers.states[broken.rule];
      if (watched === undefined) throw new Error(`there is no rule ${broken.rule} on states`);
      if (this.#aim.forbidden(watched.goal)) {
        this.#layers.closed.add(broken.row);
        this.#set(R.checked, broken.row + 1);
        this.#set(R.rule, 0);
      } else {
        const place = { row: broken.row, cost: this.#cost, steps: this.#steps };
        this.found.noteBroken(watched.goal, { ...place, rule: watched.rule, step: undefined });
        if (this.#updateWanted()) return true;
      }
    }
  }

  #atCursor(): CostedMove {
    const [row, process, outcome] = [
      this.#lane.get(LANE.row),
      this.#lane.get(LANE.process),
      this.#lane.get(LANE.outcome),
    ];
    return moveOf(this.#search.store, row, { process, outcome });
  }

  get #lane(): Lane {
    return this.#search.store.lane;
  }

  #get(register: number): number {
    return this.#search.store.arena.words[register] as number;
  }

  #set(register: number, value: number): void {
    this.#search.store.arena.words[register] = value;
  }
}
