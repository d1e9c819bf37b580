/**
 * A system as sampling sees it: a state is a row of ids, and a step costs some lookups.
 *
 * Walks ask the same few local questions millions of times. Every value of a component is an id, and what a process can
 * do is remembered under what the process read (src/footprint). The answers themselves are the reference machine's.
 * Knows nothing of the search in src/engine.
 */
import { FootprintMemo, type IdOf } from "../footprint/footprint-memo.js";
import { InternedValues, written } from "../footprint/interned-values.js";
import type { Observation } from "../spec/observation.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";

/** A state: the id of the value of every component. */
export type Row = readonly number[];

/** One enabled transition. */
export interface Move {
  /** The process that moves, and the position among its outcomes: a path consists of such pairs. */
  readonly process: number;
  readonly outcome: number;
  /** Component, id, component, id ... */
  readonly writes: readonly number[];
  readonly observations: readonly Observation[];
}

/** Called once for every new value of a component, with the transition that made the value. */
export type OnNewValue<O> = (
  component: number,
  process: number,
  outcome: O,
  read: (component: number) => unknown,
) => void;

export class InternedSystem<O extends Outcome = Outcome> {
  readonly system: TransitionSystem<O>;
  readonly initial: Row;
  readonly #values: InternedValues;
  readonly #moves: readonly FootprintMemo<readonly Move[]>[];

  constructor(system: TransitionSystem<O>, onNewValue?: OnNewValue<O>) {
    this.system = system;
    this.#values = new InternedValues(system.components);
    this.initial = this.#values.idsOf(system.initial);
    this.#moves = system.processes.map((name, process) =>
      this.#memo(name, (read) => this.#ask(process, read, onNewValue)),
    );
  }

  /** Remembers a function of the state under what the function reads. `name` names it in errors. */
  memo<A>(name: string, compute: (read: (component: number) => unknown) => A): (row: Row) => A {
    const memo = this.#memo(name, compute);
    return (row) => memo.at((component) => row[component] as number);
  }

  /** What a process can do. */
  movesOf(process: number, row: Row): readonly Move[] {
    return (this.#moves[process] as FootprintMemo<readonly Move[]>).at(
      (component) => row[component] as number,
    );
  }

  /** The enabled transitions, in the order of the machine's enabled steps. */
  moves(row: Row): readonly Move[] {
    const idOf: IdOf = (component) => row[component] as number;
    const enabled: Move[] = [];
    for (const memo of this.#moves) {
      const moves = memo.at(idOf);
      for (let i = 0; i < moves.length; i++) enabled.push(moves[i] as Move);
    }
    return enabled;
  }

  /** The state after a move. */
  after(row: Row, { writes }: Move): Row {
    return written(row, writes);
  }

  /** Distinct values of each component so far. */
  get distinctValues(): readonly number[] {
    return this.#values.counts;
  }

  #memo<A>(name: string, compute: (read: (component: number) => unknown) => A): FootprintMemo<A> {
    return new FootprintMemo(name, (idOf) =>
      compute((component) => this.#values.valueOf(component, idOf(component))),
    );
  }

  #ask(
    process: number,
    read: (component: number) => unknown,
    onNewValue: OnNewValue<O> | undefined,
  ): readonly Move[] {
    return this.system.run(process, read).map((of, outcome) => {
      const writes: number[] = [];
      for (const [component, value] of of.writes) {
        const known = this.#values.count(component);
        writes.push(component, this.#values.idOf(component, value));
        if (this.#values.count(component) > known) onNewValue?.(component, process, of, read);
      }
      return { process, outcome, writes, observations: of.observations };
    });
  }
}
