/**
 * What a system does as seen from outside of its kernel code: the graph of its states, in which a step has a label if the
 * hardware or the world takes it, or if it is observed.
 *
 * A label says which process takes the step, and what is observed. All other steps of kernel code are silent. Where no CPU runs kernel
 * code, all values can be seen: registers, memory, ground truth. Such a state has a step to itself with them for a label. So
 * two accesses in the other order, or one access twice, make a difference exactly if the hardware then does something else,
 * if something else is observed, or if the code leaves anything else behind.
 */
import { RememberedMachine } from "../remembered-machine.js";
import { Interner } from "../../footprint/interner.js";
import type { Machine } from "../../runtime/machine.js";
import type { Execution } from "../../spec/system.js";
import { Interned, keyOf } from "../../spec/value.js";

/** A step of a graph. */
export interface Step {
  /** The number of the label; {@link SILENT} if it has none. */
  readonly label: number;
  /** The number of the state after it. */
  readonly to: number;
}

/** The steps of each state, by its number. */
export interface Behaviour {
  readonly initial: number;
  readonly steps: readonly (readonly Step[])[];
}

export const SILENT = 0;

/** Numbers for texts, the same for all systems that are compared. */
export class Labels {
  readonly #texts = new Interner("label");

  /** From 1 on, which leaves 0 for {@link SILENT}. */
  of(text: string): number {
    return this.#texts.idOf(text) + 1;
  }
}

/**
 * The behaviour of a machine; undefined if it has more than `maxStates` states, or there is a reason to stop. States with one step, a silent one, are left
 * out: they can do what comes after them and nothing else. Throws what Machine.run does.
 */
export function behaviourOf(
  machine: Machine,
  labels: Labels,
  maxStates: number,
  stop?: () => string | undefined,
): Behaviour | undefined {
  const graph = new Explored(machine, labels);
  for (let at = 0; at < graph.size; at++) {
    if (graph.size > maxStates || stop?.() !== undefined) return undefined;
    graph.expand(at);
  }
  return withoutDetours(graph.steps);
}

class Explored {
  readonly steps: Step[][] = [];
  readonly #states: (readonly number[])[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #stacks: readonly number[];
  readonly #machine: Machine;
  readonly #memory: RememberedMachine;
  readonly #labels: Labels;
  /** By component, then by the id of a value: the number of what is seen of the value. */
  readonly #visible: readonly Map<number, number>[];

  constructor(machine: Machine, labels: Labels) {
    this.#machine = machine;
    this.#memory = RememberedMachine.of(machine);
    this.#labels = labels;
    this.#stacks = machine.system.processors.map(({ execution }) =>
      machine.components.indexOf(execution.name),
    );
    this.#visible = machine.components.map(() => new Map<number, number>());
    this.#numberOf(this.#memory.idsOf(machine.initial));
  }

  get size(): number {
    return this.#states.length;
  }

  /** Finds the steps of a state that has a number. */
  expand(state: number): void {
    const before = this.#states[state] ?? [];
    const steps: Step[] = [];
    const { system, processes } = this.#machine;
    for (const [process, name] of processes.entries()) {
      const isCode = process < system.processors.length;
      for (const { writes, outcome } of this.#memory.run(process, (component) => before[component] ?? -1)) {
        const after = before.map((id, component) => writes.get(component) ?? id);
        const to = this.#numberOf(after);
        const { observations, label } = outcome;
        if (isCode && observations.length === 0) {
          steps.push({ label: SILENT, to });
          continue;
        }
        const step = isCode ? name : `${name}: ${label.choice}`;
        steps.push({ label: this.#labels.of(`${step} ${keyOf(observations)}`), to });
      }
    }
    if (!this.#runsCode(before)) steps.push({ label: this.#valuesIn(before), to: state });
    this.steps[state] = steps;
  }

  #numberOf(ids: readonly number[]): number {
    const key = ids.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#states.push(ids) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  #runsCode(ids: readonly number[]): boolean {
    const read = this.#memory.valuesBy((component) => ids[component] ?? -1);
    // The components of processors have a stack.
    return this.#stacks.some((component) => (read(component) as Execution).stack.length > 0);
  }

  #valuesIn(ids: readonly number[]): number {
    return this.#labels.of(ids.map((id, component) => this.#visibleIn(component, id)).join());
  }

  #visibleIn(component: number, id: number): number {
    const known = this.#visible[component]?.get(id);
    if (known !== undefined) return known;
    const value = this.#memory.valuesBy(() => id)(component);
    const name = this.#machine.components[component] ?? "";
    const number = this.#labels.of(`${name} ${keyOf(withoutCode(value))}`);
    this.#visible[component]?.set(id, number);
    return number;
  }
}

/** The value with `code` for every activation, and for a list of them: the stacks of tasks that are switched out. */
function withoutCode(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Interned) return "code";
  if (Array.isArray(value)) {
    const parts: readonly unknown[] = value;
    return parts.some((part) => part instanceof Interned) ? "code" : parts.map(withoutCode);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutCode(part)]));
}

function withoutDetours(steps: readonly (readonly Step[])[]): Behaviour {
  const end = (state: number): number => {
    const seen = new Set<number>();
    let at = state;
    for (;;) {
      const [only, other] = steps[at] ?? [];
      // A silent cycle without a way out: each of its states will do.
      if (only === undefined || other !== undefined || only.label !== SILENT || seen.has(at)) return at;
      seen.add(at);
      at = only.to;
    }
  };
  const numbers = new Map<number, number>();
  const kept: number[] = [];
  const numberOf = (state: number): number => {
    const at = end(state);
    const known = numbers.get(at);
    if (known !== undefined) return known;
    numbers.set(at, kept.length);
    return kept.push(at) - 1;
  };
  const initial = numberOf(0);
  const found: Step[][] = [];
  for (let at = 0; at < kept.length; at++) {
    found.push((steps[kept[at] ?? 0] ?? []).map(({ label, to }) => ({ label, to: numberOf(to) })));
  }
  return { initial, steps: found };
}
