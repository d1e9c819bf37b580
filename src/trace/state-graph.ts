/**
 * The states of a machine as a graph that is made as it is looked at: equal states are one object, and what a process
 * can do is asked once per footprint.
 *
 * For work along a trace (leaving steps out, looking for short cuts), which sees the same states again and again and
 * few of them. It keeps every state it was asked for, in objects; the search over whole state spaces is src/engine.
 */
import type { StepLabel, Machine } from "../runtime/machine.js";
import type { Observation } from "../spec/observation.js";
import type { Property } from "../spec/property.js";
import type { State } from "../spec/system.js";
import { keyOf } from "../spec/value.js";
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
  readonly writes: readonly (readonly [component: number, id: number])[];
}

/** Answers by what was read: a component per level, as in src/engine/oracle/answer-tables.ts. */
interface Branch {
  readonly component: number;
  readonly children: Map<number, Branch | readonly Answer[]>;
}

export class StateGraph {
  readonly machine: Machine;
  readonly initial: GraphState;
  readonly #property: Property;
  readonly #components: readonly ComponentValues[];
  readonly #states = new Map<string, GraphState>();
  readonly #moves = new Map<GraphState, (readonly Move[] | undefined)[]>();
  readonly #answers: (Branch | readonly Answer[] | undefined)[] = [];

  constructor(machine: Machine, property: Property) {
    this.machine = machine;
    this.#property = property;
    this.#components = machine.components.map(() => new ComponentValues());
    this.initial = this.#state(machine.initial.map((value, i) => this.#idOf(i, value)));
  }

  /** How many states were made so far. */
  get size(): number {
    return this.#states.size;
  }

  /** What a process can do in a state, in the machine's order. */
  movesOf(from: GraphState, process: number): readonly Move[] {
    let known = this.#moves.get(from);
    if (known === undefined) this.#moves.set(from, (known = []));
    return (known[process] ??= this.#answersOf(from, process).map((answer) =>
      this.#move(from, process, answer),
    ));
  }

  /** What can happen in a state, in the machine's order. */
  moves(from: GraphState): readonly Move[] {
    return this.machine.processes.flatMap((_, process) => this.movesOf(from, process));
  }

  /** The state by component name, as the machine speaks of it. */
  named(state: GraphState): State {
    return Object.fromEntries(this.machine.components.map((name, i) => [name, state.values[i]]));
  }

  #move(from: GraphState, process: number, { label, observations, writes }: Answer): Move {
    const ids = from.ids.slice();
    for (const [component, id] of writes) ids[component] = id;
    const to = this.#state(ids);
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
      state = { ids, values: ids.map((id, component) => this.#components[component]?.values[id]) };
      this.#states.set(key, state);
    }
    return state;
  }

  #answersOf({ ids, values }: GraphState, process: number): readonly Answer[] {
    let node = this.#answers[process];
    while (node !== undefined && "component" in node) node = node.children.get(ids[node.component] ?? -1);
    if (node !== undefined) return node;
    const footprint: number[] = [];
    const outcomes = this.machine.run(process, (component) => {
      if (!footprint.includes(component)) footprint.push(component);
      return values[component];
    });
    const answers = outcomes.map(({ label, observations, writes }): Answer => ({
      label,
      observations,
      writes: [...writes].map(([component, value]) => [component, this.#idOf(component, value)]),
    }));
    this.#remember(process, footprint, ids, answers);
    return answers;
  }

  #remember(
    process: number,
    footprint: readonly number[],
    ids: readonly number[],
    answers: readonly Answer[],
  ): void {
    let hang = (node: Branch | readonly Answer[]): void => {
      this.#answers[process] = node;
    };
    let node = this.#answers[process];
    for (const component of footprint) {
      if (node === undefined) hang((node = { component, children: new Map() }));
      if (!("component" in node) || node.component !== component) {
        throw new Error(`${this.machine.processes[process]} read its components in another order`);
      }
      const { children }: Branch = node;
      const id = ids[component] ?? -1;
      hang = (child) => {
        children.set(id, child);
      };
      node = children.get(id);
    }
    hang(answers);
  }

  #idOf(component: number, value: unknown): number {
    const values = this.#components[component];
    if (values === undefined) throw new RangeError(`there is no component ${component}`);
    return values.idOf(value);
  }
}

/** The values of one component, numbered in the order of first sight. */
class ComponentValues {
  readonly values: unknown[] = [];
  readonly #byKey = new Map<string, number>();
  /** Values are immutable, so an object that was seen before needs no key. */
  readonly #byIdentity = new WeakMap<object, number>();

  idOf(value: unknown): number {
    if (typeof value !== "object" || value === null) return this.#idOfKey(value);
    let id = this.#byIdentity.get(value);
    if (id === undefined) this.#byIdentity.set(value, (id = this.#idOfKey(value)));
    return id;
  }

  #idOfKey(value: unknown): number {
    const key = keyOf(value);
    let id = this.#byKey.get(key);
    if (id === undefined) this.#byKey.set(key, (id = this.values.push(value) - 1));
    return id;
  }
}
