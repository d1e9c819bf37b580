/**
 * What an export is made of: a system as local transitions over small integers.
 *
 * Every value of a component is numbered in the order it was first seen, and every process is a tree: which
 * component it reads first, and for each of that component's values which it reads next, down to what it then can
 * do. The tables hold what the reachable states ask of them and nothing else.
 *
 * They are learned by a search of their own, over whole states in a Set of strings. That is slow, and it is the
 * point: nothing of src/engine is in an export, so a model checker that runs one checks the engine's counts too.
 */
import { PmucheckError } from "../spec/errors.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { keyOf } from "../spec/value.js";

/** What one local transition changes: pairs of a component and the number of its new value. */
export type Writes = readonly (readonly [component: number, value: number])[];

export interface Leaf {
  /** One per transition; empty where the process cannot move. */
  readonly moves: readonly Writes[];
}

export interface Branch {
  readonly component: number;
  /** By the number of the component's value; values that no reachable state asks about are missing. */
  readonly children: Map<number, Branch | Leaf>;
}

export interface LocalTables {
  readonly components: readonly {
    readonly name: string;
    readonly values: number;
    readonly initial: number;
  }[];
  /** Undefined: no reachable state asks the process. */
  readonly processes: readonly { readonly name: string; readonly table: Branch | Leaf | undefined }[];
  readonly states: number;
  readonly transitions: number;
}

/** Throws PMC141 for a system with more than `maxStates` reachable states. */
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

  /** Runs the process once and grows its tree by the path of what it read. */
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
    let hang = (node: Branch | Leaf): void => {
      this.#tables[process] = node;
    };
    let node = this.#tables[process];
    for (const component of footprint) {
      node ??= { component, children: new Map() };
      if (isLeaf(node) || node.component !== component) {
        throw new Error(`process ${this.#system.processes[process]} read its components in another order`);
      }
      hang(node);
      const { children } = node;
      const value = state[component] as number;
      hang = (child) => {
        children.set(value, child);
      };
      node = children.get(value);
    }
    hang(leaf);
    return leaf;
  }
}
