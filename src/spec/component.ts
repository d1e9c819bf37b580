/**
 * Components: the parts of a system's state, and the view that a step has of them.
 *
 * A state is one immutable value per component: a CPU's PMU, an event, the run queue ... A step sees the state only
 * through a view. So the runtime knows which components a step read and wrote, its footprint, without declarations.
 */
import type { Draft } from "immer";

import type { Observation } from "./observation.js";
import type { Parameter, ParameterValue } from "./parameter.js";

declare const valueType: unique symbol;

/** A named piece of the state whose value has type T (a plain, readonly type). */
export interface Component<T> {
  readonly name: string;
  /** Carries T for the compiler; no object has this property. */
  readonly [valueType]?: T;
}

export function component<T>(name: string): Component<T> {
  return { name };
}

/** Components of one kind: the component of a CPU, or of a name. */
export interface Family<K, T> {
  (key: K): Component<T>;
  /** `pmu` of `cpu0.pmu`, `task` of `task.T`. */
  readonly familyName: string;
}

/** A component that every CPU has: `perCpu<PMUv3>("pmu")(0)` is named `cpu0.pmu`. */
export function perCpu<T>(name: string): Family<number, T> {
  return family(name, (cpu: number) => `cpu${cpu}.${name}`);
}

/** A component per name: `perName<Task>("task")("T")` is named `task.T`. */
export function perName<T>(name: string): Family<string, T> {
  return family(name, (of: string) => `${name}.${of}`);
}

function family<K, T>(familyName: string, nameOf: (key: K) => string): Family<K, T> {
  const made = new Map<K, Component<T>>();
  const member = (key: K) => {
    let of = made.get(key);
    if (of === undefined) {
      of = component<T>(nameOf(key));
      made.set(key, of);
    }
    return of;
  };
  return Object.assign(member, { familyName });
}

/** What a guard may do: read. */
export interface ReadView {
  /** The component's value. */
  read<T>(component: Component<T>): T;
  /** The value of a parameter. Parameters are constants of the system, so they are no part of a footprint. */
  parameter<P extends Parameter>(parameter: P): ParameterValue<P>;
  /** The perf events of the system, a constant like its parameters. */
  readonly events: readonly string[];
}

/** What a step may do: read, change components by immer recipes, and make observations. */
export interface View extends ReadView {
  /** Changes a component by an immer recipe. The old value stays unchanged. */
  update<T>(component: Component<T>, recipe: (draft: Draft<T>) => void): void;
  /** Adds an observation to the transition: properties and witnesses see it. */
  observe(observation: Observation): void;
}
