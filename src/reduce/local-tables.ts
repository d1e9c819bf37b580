/**
 * Local tables: what every agent can do, remembered under exactly what it read, with the components that it touched.
 *
 * An **agent** is a process of the system or a rule on states. Agents are numbered: processes first, then rules. A rule
 * counts as a process without effect: it has one move where it is broken, and none elsewhere.
 *
 * Values are ids (src/footprint), and a {@link LocalState} reads a component only when an agent does. So the system that
 * is built on these tables reads of its own state only what its answer depends on. The tables live as long as a
 * reduction, over all its searches, and decide nothing.
 */
import { FootprintMemo, type IdOf } from "../footprint/footprint-memo.js";
import { InternedValues } from "../footprint/interned-values.js";
import type { Observation } from "../spec/observation.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { keyOf } from "../spec/value.js";
import type { Accesses } from "./accesses.js";
import { bitOf, bitsOf } from "./component-bits.js";
import { type LocalAnswer, type LocalMove, LocalState } from "./local-state.js";

/** A rule on states: true where it is broken. */
export type StateRule = (read: (component: number) => unknown) => boolean;

export class LocalTables {
  readonly system: TransitionSystem;
  /** How many agents there are. */
  readonly agents: number;
  /** By agent: the component that the agent reads first, whatever the state; -1 if it reads none. */
  readonly firstReads: readonly number[];
  readonly #rules: readonly StateRule[];
  readonly #accesses: Accesses;
  readonly #values: InternedValues;
  readonly #answers: readonly FootprintMemo<LocalAnswer>[];

  constructor(system: TransitionSystem, rules: readonly StateRule[], accesses: Accesses) {
    this.system = system;
    this.agents = system.processes.length + rules.length;
    this.#rules = rules;
    this.#accesses = accesses;
    this.#values = new InternedValues(system.components);
    const names = [...system.processes, ...rules.map((_, rule) => `rule ${rule}`)];
    this.firstReads = names.map((_, agent) => this.#firstRead(agent));
    this.#answers = names.map((name, agent) => new FootprintMemo(name, (idOf) => this.#ask(agent, idOf)));
  }

  /** A state that reads values only when they are needed. */
  stateOf(read: (component: number) => unknown): LocalState {
    return new LocalState(this.system.components.length, (component) =>
      this.#values.idOf(component, read(component)),
    );
  }

  /** Distinct values of every component so far. */
  get distinctValues(): readonly number[] {
    return this.#values.counts;
  }

  valueOf(component: number, id: number): unknown {
    return this.#values.valueOf(component, id);
  }

  /** What an agent can do in a state. */
  answer(agent: number, state: LocalState): LocalAnswer {
    return (this.#answers[agent] as FootprintMemo<LocalAnswer>).at(state.id);
  }

  #ask(agent: number, idOf: IdOf): LocalAnswer {
    let read = 0n;
    const reading = (component: number): unknown => {
      read |= bitOf(component);
      return this.valueOf(component, idOf(component));
    };
    const moves = this.#moves(agent, reading);
    const written = moves.reduce((bits, move) => bits | move.written, 0n);
    this.#accesses.note(agent, read, written);
    return { touched: read | written, moves };
  }

  #moves(agent: number, read: (component: number) => unknown): readonly LocalMove[] {
    const rule = this.#rules[agent - this.system.processes.length];
    if (rule !== undefined) return rule(read) ? [BROKEN] : [];
    return this.system.run(agent, read).map(({ writes, observations }) => ({
      writes: this.#values.writesOf(writes),
      written: bitsOf(writes.keys()),
      observations,
      seen: seenIn(observations),
    }));
  }

  #firstRead(agent: number): number {
    let first = -1;
    const read = (component: number): unknown => {
      if (first < 0) first = component;
      return this.system.initial[component];
    };
    const rule = this.#rules[agent - this.system.processes.length];
    if (rule === undefined) this.system.run(agent, read);
    else rule(read);
    return first;
  }
}

/** A text for a transition's observations: equal texts for equal observations. */
export function seenIn(observations: readonly Observation[]): string {
  return observations.length === 0 ? "" : keyOf(observations);
}

/** The move of a broken rule. */
const BROKEN: LocalMove = { writes: [], written: 0n, observations: [], seen: "" };
