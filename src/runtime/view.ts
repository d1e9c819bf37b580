/**
 * The view of one step: reads go through to the state, writes stay in the view until the step is taken.
 */
import { Immer, type Draft } from "immer";

import type { Component, View } from "../spec/component.js";
import { PmucheckError } from "../spec/errors.js";
import type { Observation } from "../spec/observation.js";
import { valueOf, type Configuration, type Parameter, type ParameterValue } from "../spec/parameter.js";
import { frozen } from "../spec/value.js";

/** Does not freeze what recipes make: of that, only what is left when the step is over becomes part of a state. */
const immer = new Immer({ autoFreeze: false });

/** Where components are, shared by all views of a system. */
export interface Layout {
  readonly components: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly configuration: Configuration;
  readonly events: readonly string[];
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
    const after = immer.produce(before, (draft) => {
      recipe(draft);
    });
    this.#changing = undefined;
    if (after !== before) this.writes.set(this.#indexOf(component), after);
  }

  /** The component whose recipe is running, or whose new value is being frozen: which one it was if that throws. */
  get changing(): string | undefined {
    return this.#changing;
  }

  /** The step is over: what it wrote is part of a state now, and nobody may change that. */
  freezeWrites(): void {
    for (const [component, value] of this.writes) {
      this.#changing = this.#layout.components[component];
      frozen(value);
    }
  }

  observe(observation: Observation): void {
    this.observations.push(observation);
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
