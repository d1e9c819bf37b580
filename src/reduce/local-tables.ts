/**
 * Local tables: what processes and rules answer, by exactly what they read, with the components they touch.
 *
 * Values are small integers here, and states are made on demand: a {@link LocalState} asks for a component only when
 * somebody reads it, so that whoever asked for the state knows what the result depends on. The tables live as long as
 * a reduction does, over all its searches. They decide nothing.
 */
import { Interner } from "../footprint/interner.js";
import type { Observation } from "../spec/observation.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { keyOf } from "../spec/value.js";
import type { Accesses } from "./accesses.js";
import { type LocalAnswer, type LocalMove, LocalState } from "./local-state.js";
import { Memo } from "./memo.js";

/** A rule on states, as an engine watches it. */
export type StateRule = (read: (component: number) => unknown) => boolean;

export class LocalTables {
  readonly system: TransitionSystem;
  /** Processes, and after them rules. */
  readonly size: number;
  /** The component that a process or rule looks at first, whatever the state; -1 if it looks at none. */
  readonly controls: readonly number[];
  readonly #rules: readonly StateRule[];
  readonly #accesses: Accesses;
  readonly #interners: readonly Interner[];
  readonly #answers: readonly Memo<LocalAnswer>[];

  constructor(system: TransitionSystem, rules: readonly StateRule[], accesses: Accesses) {
    this.system = system;
    this.size = system.processes.length + rules.length;
    this.#rules = rules;
    this.#accesses = accesses;
    this.#interners = system.components.map((name) => new Interner(name));
    this.controls = Array.from({ length: this.size }, (_, who) => this.#firstRead(who));
    this.#answers = Array.from({ length: this.size }, () => new Memo<LocalAnswer>());
  }

  /** A state whose values are read when they are needed. */
  stateOf(read: (component: number) => unknown): LocalState {
    return new LocalState(this.system.components.length, (component) =>
      this.#numberOf(component, read(component)),
    );
  }

  /** Of every component. */
  get distinctValues(): readonly number[] {
    return this.#interners.map(({ values }) => values.length);
  }

  valueOf(component: number, number: number): unknown {
    return this.#interners[component]?.values[number];
  }

  /** What a process can do in a state; of a rule one move without effect if it is broken, and none if not. */
  answer(who: number, state: LocalState): LocalAnswer {
    const memo = this.#answers[who] as Memo<LocalAnswer>;
    return memo.at(state.id, (idOf) => this.#ask(who, idOf));
  }

  #ask(who: number, idOf: (component: number) => number): LocalAnswer {
    let read = 0n;
    const reading = (component: number): unknown => {
      read |= bit(component);
      return this.valueOf(component, idOf(component));
    };
    const rule = this.#rules[who - this.system.processes.length];
    const moves = rule === undefined ? this.#run(who, reading) : rule(reading) ? [BROKEN] : [];
    const written = moves.reduce((bits, move) => bits | move.written, 0n);
    this.#accesses.note(who, read, written);
    return { touched: read | written, moves };
  }

  #run(process: number, read: (component: number) => unknown): LocalMove[] {
    return this.system.run(process, read).map(({ writes, observations }) => ({
      writes: [...writes].flatMap(([component, value]) => [component, this.#numberOf(component, value)]),
      written: [...writes.keys()].reduce((bits, component) => bits | bit(component), 0n),
      observations,
      seen: seenIn(observations),
    }));
  }

  #firstRead(who: number): number {
    let first = -1;
    const read = (component: number): unknown => {
      if (first < 0) first = component;
      return this.system.initial[component];
    };
    const rule = this.#rules[who - this.system.processes.length];
    if (rule === undefined) this.system.run(who, read);
    else rule(read);
    return first;
  }

  #numberOf(component: number, value: unknown): number {
    return (this.#interners[component] as Interner).idOf(value);
  }
}

/** A transition's observations in a word, equal for equal ones. */
export function seenIn(observations: readonly Observation[]): string {
  return observations.length === 0 ? "" : keyOf(observations);
}

const BROKEN: LocalMove = { writes: [], written: 0n, observations: [], seen: "" };

function bit(component: number): bigint {
  return 1n << BigInt(component);
}
