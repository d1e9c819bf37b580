/**
 * Local tables of an export: a system as local transitions over small integers.
 *
 * The values of a component are numbered in order of first sight. A process is a tree: an inner node is the component
 * that the process reads next, with a child for each value of that component, and a leaf has the moves of the process.
 * The tables hold what reachable states need, and nothing else.
 *
 * `learn` fills the tables by a search of its own, over whole states in a Set of strings. Other model checkers that run an
 * export thereby check the engine's counts. For the same reason this file shares no code with the engine: it numbers
 * values and remembers answers itself, though src/footprint, which the engine uses, does the same.
 */
import { PmucheckError } from "../spec/errors.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { keyOf } from "../spec/value.js";

/** What one local transition writes: components and the numbers of their new values. */
export type Writes = readonly (readonly [component: number, value: number])[];

export interface Leaf {
  /** One per local transition; empty where the process cannot move. */
  readonly moves: readonly Writes[];
}

export interface Branch {
  readonly component: number;
  /** By the number of the component's value; a value that no reachable state needs is absent. */
  readonly children: Map<number, Branch | Leaf>;
}

export interface LocalTables {
  readonly components: readonly {
    readonly name: string;
    readonly values: number;
    readonly initial: number;
  }[];
  /** The table is undefined if no reachable state asks the process. */
  readonly processes: readonly { readonly name: string; readonly table: Branch | Leaf | undefined }[];
  readonly states: number;
  readonly transitions: number;
}

/** Explores the whole system. Throws PMC141 if it has more than `maxStates` reachable states. */
export function learn(system: TransitionSystem, maxStates: number): LocalTables {
  const learner = new Learner(system);
  const initial = system.initial.map((value, component) => learner.numberOf(component, value));
  const seen = new Set([initial.join()]);
  const open = [initial];
  let transitions = 0;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const process of system.processes.keys()) {
      for (const writes of learner.movesOf(process, state)) {
        transitions++;
        const next = state.slice();
        for (const [component, value] of writes) next[component] = value;
        const key = next.join();
        if (seen.has(key)) continue;
        if (seen.size === maxStates) throw tooLarge(maxStates);
        seen.add(key);
        open.push(next);
      }
    }
  }
  return {
    components: system.components.map((name, i) => ({
      name,
      values: learner.valuesOf(i),
      initial: initial[i] ?? 0,
    })),
    processes: system.processes.map((name, i) => ({ name, table: learner.tableOf(i) })),
    states: seen.size,
    transitions,
  };
}

export function isLeaf(node: Branch | Leaf): node is Leaf {
  return "moves" in node;
}

function tooLarge(maxStates: number): PmucheckError {
  return new PmucheckError(
    "PMC141",
    `more than ${maxStates} states, too many to export: make the scenario smaller with --set, or raise --max-states`,
  );
}

class Learner {
  readonly #system: TransitionSystem;
  readonly #numbers: readonly Map<string, number>[];
  readonly #values: readonly unknown[][];
  readonly #tables: (Branch | Leaf | undefined)[];

  constructor(system: TransitionSystem) {
    this.#system = system;
    this.#numbers = system.components.map(() => new Map());
    this.#values = system.components.map(() => []);
    this.#tables = system.processes.map(() => undefined);
  }

  numberOf(component: number, value: unknown): number {
    const numbers = this.#numbers[component] as Map<string, number>;
    const key = keyOf(value);
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
      this.#values[component]?.push(value);
    }
    return number;
  }

  valuesOf(component: number): number {
    return this.#values[component]?.length ?? 0;
  }

  tableOf(process: number): Branch | Leaf | undefined {
    return this.#tables[process];
  }

  movesOf(process: number, state: readonly number[]): readonly Writes[] {
    let node = this.#tables[process];
    while (node !== undefined && !isLeaf(node)) node = node.children.get(state[node.component] as number);
    return (node ?? this.#ask(process, state)).moves;
  }

  /** Runs the process once and adds the path of what the process read to its tree. */
  #ask(process: number, state: readonly number[]): Leaf {
    const footprint: number[] = [];
    const outcomes = this.#system.run(process, (component) => {
      if (!footprint.includes(component)) footprint.push(component);
      return this.#values[component]?.[state[component] as number];
    });
    const leaf: Leaf = {
      moves: outcomes.map(({ writes }) =>
        [...writes].map(([component, value]) => [component, this.numberOf(component, value)] as const),
      ),
    };
    let attach = (node: Branch | Leaf): void => {
      this.#tables[process] = node;
    };
    let node = this.#tables[process];
    for (const component of footprint) {
      node ??= { component, children: new Map() };
      if (isLeaf(node) || node.component !== component) {
        throw new Error(`process ${this.#system.processes[process]} read its components in another order`);
      }
      attach(node);
      const { children } = node;
      const value = state[component] as number;
      attach = (child) => {
        children.set(value, child);
      };
      node = children.get(value);
    }
    attach(leaf);
    return leaf;
  }
}
