/**
 * State graph: the states of a machine as objects, made on demand. Equal states are one object, and a process is run
 * once per footprint.
 *
 * Minimizing and explaining a trace (leaving steps out, looking for short cuts) visit few states, each many times. The
 * graph keeps every state that it made. Whole state spaces are searched by src/engine.
 */
import { FootprintMemo, type IdOf } from "../footprint/footprint-memo.js";
import { InternedValues, written } from "../footprint/interned-values.js";
import type { StepLabel, Machine } from "../runtime/machine.js";
import type { Observation } from "../spec/observation.js";
import type { Property } from "../spec/property.js";
import type { State } from "../spec/system.js";
import { breakOf, type Break } from "./record.js";

/** One state: equal states are the same object. */
export interface GraphState {
  /** By component. */
  readonly values: readonly unknown[];
  /** The values as small integers. */
  readonly ids: readonly number[];
}

/** One step from a state. */
export interface Move {
  /** The process that takes it, by its position in the machine. */
  readonly process: number;
  readonly label: StepLabel;
  readonly observations: readonly Observation[];
  readonly to: GraphState;
  /** What the step breaks, in itself or by where it leads. */
  readonly broken: Break | undefined;
}

interface Answer {
  readonly label: StepLabel;
  readonly observations: readonly Observation[];
  /** Component, id, component, id ... */
  readonly writes: readonly number[];
}

export class StateGraph {
  readonly machine: Machine;
  readonly initial: GraphState;
  readonly #property: Property;
  readonly #values: InternedValues;
  readonly #answers: readonly FootprintMemo<readonly Answer[]>[];
  readonly #states = new Map<string, GraphState>();
  readonly #moves = new Map<GraphState, (readonly Move[] | undefined)[]>();

  constructor(machine: Machine, property: Property) {
    this.machine = machine;
    this.#property = property;
    this.#values = new InternedValues(machine.components);
    this.#answers = machine.processes.map(
      (name, process) => new FootprintMemo(name, (idOf) => this.#ask(process, idOf)),
    );
    this.initial = this.#state(this.#values.idsOf(machine.initial));
  }

  /** How many states were made so far. */
  get size(): number {
    return this.#states.size;
  }

  /** What a process can do in a state, in the machine's order. */
  movesOf(from: GraphState, process: number): readonly Move[] {
    let known = this.#moves.get(from);
    if (known === undefined) this.#moves.set(from, (known = []));
    const answers = this.#answers[process];
    if (answers === undefined) throw new RangeError(`there is no process ${process}`);
    return (known[process] ??= answers
      .at((component) => from.ids[component] as number)
      .map((answer) => this.#move(from, process, answer)));
  }

  /** What can happen in a state, in the machine's order. */
  moves(from: GraphState): readonly Move[] {
    return this.machine.processes.flatMap((_, process) => this.movesOf(from, process));
  }

  /** The state with these values, by component; it need not be reachable. */
  stateOf(values: readonly unknown[]): GraphState {
    return this.#state(this.#values.idsOf(values));
  }

  /** The state by component name, as the machine speaks of it. */
  named(state: GraphState): State {
    return Object.fromEntries(this.machine.components.map((name, i) => [name, state.values[i]]));
  }

  #move(from: GraphState, process: number, { label, observations, writes }: Answer): Move {
    const to = this.#state(written(from.ids, writes));
    return {
      process,
      label,
      observations,
      to,
      broken: breakOf(
        this.machine,
        this.#property,
        observations,
        this.machine.view((i) => to.values[i]),
      ),
    };
  }

  #state(ids: readonly number[]): GraphState {
    const key = ids.join();
    let state = this.#states.get(key);
    if (state === undefined) {
      state = { ids, values: ids.map((id, component) => this.#values.valueOf(component, id)) };
      this.#states.set(key, state);
    }
    return state;
  }

  #ask(process: number, idOf: IdOf): readonly Answer[] {
    return this.machine
      .run(process, (component) => this.#values.valueOf(component, idOf(component)))
      .map(({ label, observations, writes }) => ({
        label,
        observations,
        writes: this.#values.writesOf(writes),
      }));
  }
}
