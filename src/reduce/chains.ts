/**
 * A system with fewer states: after every step, the safe steps that can follow it are taken at once.
 *
 * Its transitions are chains of steps of the system below, with the observations of all of them. Every state it leads to
 * is expanded in full by whoever searches it, and a chain is never longer than {@link MAX_CHAIN}; so no process is put
 * off for ever (the cycle proviso of partial order reduction).
 */
import type { Observation } from "../spec/observation.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";
import type { LocalMove, LocalState } from "./local-state.js";
import type { LocalTables } from "./local-tables.js";
import type { SafeSteps } from "./safe-steps.js";

/** Steps that are added to a step, at most. */
const MAX_CHAIN = 256;

export class ChainedSystem implements TransitionSystem {
  readonly components: readonly string[];
  readonly initial: readonly unknown[];
  readonly processes: readonly string[];
  readonly fair: readonly number[];
  /** The processes that moved within a chain. */
  readonly moved = new Set<number>();
  /** What was observed of whom: process, and the observations of one of its steps. */
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
      ([component, number]) => [component, this.#tables.valueOf(component, number)] as const,
    );
    return { writes: new Map(writes), observations };
  }

  /** Whoever moved, and whoever now has something else before it. Leaving one out costs states, never a verdict. */
  #candidates(process: number, { written }: LocalMove): number[] {
    const woken = this.processes.flatMap((_, who) => {
      const control = this.#tables.controls[who] as number;
      return who !== process && control >= 0 && (written & (1n << BigInt(control))) !== 0n ? [who] : [];
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
