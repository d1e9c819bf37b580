/**
 * The view of one step. Reads go to the state; writes stay in the view until the step is taken.
 */
import { Immer, type Draft } from "immer";

import type { Component, View } from "../spec/component.js";
import { PmucheckError } from "../spec/errors.js";
import type { Observation } from "../spec/observation.js";
import { valueOf, type Configuration, type Parameter, type ParameterValue } from "../spec/parameter.js";
import type { Listener } from "../spec/system.js";
import { frozen } from "../spec/value.js";

/** Does not freeze what recipes make: only the values at the end of a step become part of a state. */
const immer = new Immer({ autoFreeze: false });

/** What all views of a system share: the indices of components, and the constants. */
export interface Layout {
  readonly components: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly configuration: Configuration;
  readonly events: readonly string[];
  readonly listeners: readonly Listener[];
}

export class StepView implements View {
  readonly writes = new Map<number, unknown>();
  readonly observations: Observation[] = [];
  #changing: string | undefined;
  readonly #layout: Layout;
  readonly #base: (component: number) => unknown;

  constructor(layout: Layout, base: (component: number) => unknown) {
    this.#layout = layout;
    this.#base = base;
  }

  read<T>(component: Component<T>): T {
    const index = this.#indexOf(component);
    // A component's value always has the component's type: `reset` gave the first, typed recipes the others.
    return (this.writes.has(index) ? this.writes.get(index) : this.#base(index)) as T;
  }

  update<T>(component: Component<T>, recipe: (draft: Draft<T>) => void): void {
    const before = this.read(component);
    this.#changing = component.name;
    if (typeof before !== "object" || before === null) {
      throw new TypeError("update() changes objects: keep the value in a field of one");
    }
    const after = immer.produce(before, (draft) => {
      // By its type it returns nothing; an asynchronous one would go on when the step is over.
      const returned: unknown = recipe(draft);
      if (returned instanceof Promise) throw asynchronous("a recipe of update()", returned);
    });
    this.#changing = undefined;
    if (after !== before) this.writes.set(this.#indexOf(component), after);
  }

  /** The component whose recipe is running, or whose new value is being frozen: error messages name it. */
  get changing(): string | undefined {
    return this.#changing;
  }

  /** Freezes what the step wrote, when the step is over: these values are part of a state now. */
  freezeWrites(): void {
    for (const [component, value] of this.writes) {
      this.#changing = this.#layout.components[component];
      frozen(value);
    }
  }

  observe(observation: Observation): void {
    mustHaveKind(observation);
    this.observations.push(observation);
    for (const listener of this.#layout.listeners) listener(this, observation);
  }

  get events(): readonly string[] {
    return this.#layout.events;
  }

  parameter<P extends Parameter>(parameter: P): ParameterValue<P> {
    return valueOf(this.#layout.configuration, parameter);
  }

  #indexOf(component: Component<unknown>): number {
    const index = this.#layout.index.get(component.name);
    if (index === undefined) {
      throw new PmucheckError("PMC205", `the system has no component '${component.name}'`);
    }
    return index;
  }
}

/** The error for what must not be asynchronous, and is: what it does later would be lost. The promise `running` is not waited for. */
export function asynchronous(what: string, running: Promise<unknown>): TypeError {
  running.catch(() => undefined);
  return new TypeError(`${what} returned a promise: what it does after an await would be lost`);
}

/** A model in JavaScript is not type-checked. */
function mustHaveKind(observation: unknown): void {
  const isObject = typeof observation === "object" && observation !== null;
  if (isObject && "kind" in observation && typeof observation.kind === "string") return;
  throw new TypeError("an observation is an object with a `kind`");
}
