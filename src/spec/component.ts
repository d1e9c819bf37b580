/**
 * Components: the pieces the state of a system is cut into, and the view a step has of them.
 *
 * A state is one immutable value per component (a CPU's PMU, an event, the run queue ...). Steps see the state
 * only through a view, so the runtime learns which components a step read and wrote (its footprint), and never
 * has to be told.
 */
import type { Draft } from "immer";

import type { Observation } from "./observation.js";
import type { Parameter, ParameterValue } from "./parameter.js";

declare const valueType: unique symbol;

/** A named piece of the state whose value has type T (a plain, readonly type). */
export interface Component<T> {
  readonly name: string;
  /** Carries T for the compiler; no such property exists. */
  readonly [valueType]?: T;
}

export function component<T>(name: string): Component<T> {
  return { name };
}

/** A component that every CPU has: `perCpu<PMUv3>("pmu")(0)` is named `cpu0.pmu`. */
export function perCpu<T>(name: string): (cpu: number) => Component<T> {
  return family((cpu: number) => `cpu${cpu}.${name}`);
}

/** A component per name: `perName<Task>("task")("T")` is named `task.T`. */
export function perName<T>(name: string): (of: string) => Component<T> {
  return family((of: string) => `${name}.${of}`);
}

function family<K, T>(nameOf: (key: K) => string): (key: K) => Component<T> {
  const made = new Map<K, Component<T>>();
  return (key) => {
    let of = made.get(key);
    if (of === undefined) {
      of = component<T>(nameOf(key));
      made.set(key, of);
    }
    return of;
  };
}

/** What a guard may do: look. */
export interface ReadView {
  /** The component's value. */
  read<T>(component: Component<T>): T;
  /** A parameter's value; parameters are constants of the system, so reading one is no part of a footprint. */
  parameter<P extends Parameter>(parameter: P): ParameterValue<P>;
  /** The perf events of the system, a constant like its parameters. */
  readonly events: readonly string[];
}

/** What a step may do: look, change components by immer recipes, and tell the properties what happened. */
export interface View extends ReadView {
  /** Changes a component by an immer recipe; the old value stays as it was. */
  update<T>(component: Component<T>, recipe: (draft: Draft<T>) => void): void;
  /** Says that something happened that a property or a witness may be about. */
  observe(observation: Observation): void;
}
