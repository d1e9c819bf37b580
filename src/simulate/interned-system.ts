/**
 * A system as sampling sees it: small integers for values, and remembered answers.
 *
 * Walks ask the same few local questions millions of times. Every distinct value of a component becomes a number, and
 * the answer of a process is remembered under exactly the values it read, so that a step costs some array loads. The
 * answers themselves are the reference machine's. Knows nothing of the search in src/engine, whose tables follow the
 * same idea with other needs (packed states, several threads).
 */
import type { Observation } from "../spec/observation.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";
import { keyOf } from "../spec/value.js";

/** A state: for every component the number of its value. */
export type Row = readonly number[];

/** One enabled transition. */
export interface Move {
  /** Which process moves, and which of its outcomes this is: what a path consists of. */
  readonly process: number;
  readonly outcome: number;
  /** Component, value, component, value ... */
  readonly writes: readonly number[];
  readonly observations: readonly Observation[];
}

/** Called once for every value of a component that had not been seen before, with the transition that made it. */
export type OnNewValue<O> = (
  component: number,
  process: number,
  outcome: O,
  read: (component: number) => unknown,
) => void;

export class InternedSystem<O extends Outcome = Outcome> {
  readonly system: TransitionSystem<O>;
  readonly initial: Row;
  readonly #numbers: readonly Map<string, number>[];
  readonly #values: readonly unknown[][];
  readonly #known = new WeakMap<object, number>();
  readonly #moves: readonly Memo<readonly Move[]>[];

  constructor(system: TransitionSystem<O>, onNewValue?: OnNewValue<O>) {
    this.system = system;
    this.#numbers = system.components.map(() => new Map<string, number>());
    this.#values = system.components.map(() => []);
    this.initial = system.initial.map((value, component) => this.#numberOf(component, value));
    this.#moves = system.processes.map((_, process) =>
      this.memo((read) => this.#ask(system, process, read, onNewValue)),
    );
  }

  /** Remembers a function of the state under what it reads. */
  memo<A>(compute: (read: (component: number) => unknown) => A): Memo<A> {
    return new Memo(compute, this.#values);
  }

  /** What a process can do. */
  movesOf(process: number, row: Row): readonly Move[] {
    return (this.#moves[process] as Memo<readonly Move[]>).at(row);
  }

  /** The enabled transitions, in the order of the machine's enabled steps. */
  moves(row: Row): readonly Move[] {
    const enabled: Move[] = [];
    for (let process = 0; process < this.#moves.length; process++) {
      const moves = this.movesOf(process, row);
      for (let i = 0; i < moves.length; i++) enabled.push(moves[i] as Move);
    }
    return enabled;
  }

  after(row: Row, { writes }: Move): Row {
    const next = row.slice();
    for (let i = 0; i < writes.length; i += 2) next[writes[i] as number] = writes[i + 1] as number;
    return next;
  }

  /** Distinct values of each component so far. */
  get distinctValues(): readonly number[] {
    return this.#values.map(({ length }) => length);
  }

  #ask(
    system: TransitionSystem<O>,
    process: number,
    read: (component: number) => unknown,
    onNewValue: OnNewValue<O> | undefined,
  ): readonly Move[] {
    return system.run(process, read).map((of, outcome) => {
      const writes: number[] = [];
      for (const [component, value] of of.writes) {
        const values = this.#values[component] as unknown[];
        const before = values.length;
        writes.push(component, this.#numberOf(component, value));
        if (values.length > before) onNewValue?.(component, process, of, read);
      }
      return { process, outcome, writes, observations: of.observations };
    });
  }

  #numberOf(component: number, value: unknown): number {
    const isObject = typeof value === "object" && value !== null;
    const known = isObject ? this.#known.get(value) : undefined;
    // Components may share an object, but each numbers its own values.
    if (known !== undefined && this.#values[component]?.[known] === value) return known;
    const key = keyOf(value);
    const numbers = this.#numbers[component] as Map<string, number>;
    let number = numbers.get(key);
    if (number === undefined) {
      number = (this.#values[component] as unknown[]).push(value) - 1;
      numbers.set(key, number);
    }
    if (isObject) this.#known.set(value, number);
    return number;
  }
}

interface Leaf<A> {
  readonly component: -1;
  readonly answer: A;
}

interface Branch<A> {
  readonly component: number;
  /** By the number of the component's value. */
  readonly children: (Branch<A> | Leaf<A> | undefined)[];
}

/** The answers of one function of the state: a tree with the component that is read next at every branch. */
export class Memo<A> {
  readonly #compute: (read: (component: number) => unknown) => A;
  readonly #values: readonly (readonly unknown[])[];
  #root: Branch<A> | Leaf<A> | undefined;

  constructor(compute: (read: (component: number) => unknown) => A, values: readonly (readonly unknown[])[]) {
    this.#compute = compute;
    this.#values = values;
  }

  at(row: Row): A {
    let node = this.#root;
    while (node !== undefined) {
      if (node.component < 0) return (node as Leaf<A>).answer;
      node = (node as Branch<A>).children[row[node.component] as number];
    }
    return this.#miss(row);
  }

  #miss(row: Row): A {
    const footprint = new Set<number>();
    const answer = this.#compute((component) => {
      footprint.add(component);
      return this.#values[component]?.[row[component] as number];
    });
    let node: Branch<A> | Leaf<A> = { component: -1, answer };
    const path = [...footprint];
    // The part of the tree that is there already is followed, the rest hung below it as one path.
    let at = this.#root;
    let depth = 0;
    let last: Branch<A> | undefined;
    while (at !== undefined && at.component >= 0) {
      last = at as Branch<A>;
      at = last.children[row[last.component] as number];
      depth++;
    }
    for (let i = path.length - 1; i >= depth; i--) {
      const component = path[i] as number;
      const children: (Branch<A> | Leaf<A> | undefined)[] = [];
      children[row[component] as number] = node;
      node = { component, children };
    }
    if (last === undefined) this.#root = node;
    else last.children[row[last.component] as number] = node;
    return answer;
  }
}
