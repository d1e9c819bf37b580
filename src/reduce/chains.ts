/**
 * Chained system: a system with fewer states, whose transitions take a step and then at once the safe steps after it.
 *
 * A transition is a chain of steps of the system below, with the observations of all of them. A search expands every
 * state that a chain leads to in full, and a chain has at most {@link MAX_CHAIN} safe steps. So no process is put off
 * for ever: this is the cycle proviso of partial order reduction.
 */
import type { Observation } from "../spec/observation.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";
import { includes } from "./component-bits.js";
import type { LocalMove, LocalState } from "./local-state.js";
import type { LocalTables } from "./local-tables.js";
import type { SafeSteps } from "./safe-steps.js";

/** The most safe steps that follow a step. */
const MAX_CHAIN = 256;

export class ChainedSystem implements TransitionSystem {
  readonly components: readonly string[];
  readonly initial: readonly unknown[];
  readonly processes: readonly string[];
  readonly fair: readonly number[];
  /** The processes that moved by a safe step. */
  readonly moved = new Set<number>();
  /** Process name and observations of one step, for every step that was taken. */
  readonly seen = new Set<string>();
  readonly #tables: LocalTables;
  readonly #safe: SafeSteps;

  constructor(tables: LocalTables, safe: SafeSteps) {
    const { system } = tables;
    ({
      components: this.components,
      initial: this.initial,
      processes: this.processes,
      fair: this.fair,
    } = system);
    this.#tables = tables;
    this.#safe = safe;
  }

  run(process: number, read: (component: number) => unknown): readonly Outcome[] {
    const state = this.#tables.stateOf(read);
    return this.#tables.answer(process, state).moves.map((move) => this.#chain(process, state, move));
  }

  #chain(process: number, from: LocalState, first: LocalMove): Outcome {
    const observations: Observation[] = [];
    let state = from;
    const take = (by: number, move: LocalMove) => {
      this.seen.add(`${this.processes[by]} ${move.seen}`);
      observations.push(...move.observations);
      state = state.after(move);
    };
    take(process, first);
    const candidates = this.#candidates(process, first);
    for (let length = 0; length < MAX_CHAIN; length++) {
      const next = this.#nextSafe(candidates, state);
      if (next === undefined) break;
      this.moved.add(next.process);
      take(next.process, next.move);
    }
    const writes = state.differences.map(
      ([component, id]) => [component, this.#tables.valueOf(component, id)] as const,
    );
    return { writes: new Map(writes), observations };
  }

  /**
   * The processes that may have a safe step next: the one that moved, and those whose first read was just written. A
   * process that is left out costs states, and never changes a verdict.
   */
  #candidates(process: number, { written }: LocalMove): number[] {
    const woken = this.processes.flatMap((_, other) => {
      const first = this.#tables.firstReads[other] as number;
      return other !== process && first >= 0 && includes(written, first) ? [other] : [];
    });
    return [process, ...woken];
  }

  #nextSafe(candidates: readonly number[], state: LocalState) {
    for (const process of candidates) {
      const move = this.#safe.safeMove(process, state);
      if (move !== undefined) return { process, move };
    }
    return undefined;
  }
}
