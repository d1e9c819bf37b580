/**
 * Registers and variables: accesses that a driver makes to a component, each one step.
 */
import type { Draft } from "immer";

import type { Component } from "../../src/spec/component.js";
import { operation, type Kernel } from "../../src/spec/kernel-function.js";
import type { Value } from "../../src/spec/value.js";

/** A component per CPU, as `perCpu<Pmu>("pmu")` gives it. */
export type OfCpu<T> = (cpu: number) => Component<T>;

/** An access that gives a value and changes nothing: `const read_status = reading("read_status", pmu, (of) => of.STATUS)`. */
export function reading<T, A extends readonly Value[], R extends Value>(
  name: string,
  where: OfCpu<T>,
  read: (of: T, ...args: A) => R,
): (...args: A) => Kernel<R> {
  return operation<A, R>({ name, perform: (view, cpu, args) => read(view.read(where(cpu)), ...args) });
}

/** An access that changes the component by a recipe: `writing("write_counter", pmu, (of, value: number) => { ... })`. */
export function writing<T, A extends readonly Value[]>(
  name: string,
  where: OfCpu<T>,
  write: (of: Draft<T>, ...args: A) => void,
): (...args: A) => Kernel {
  return operation<A, void>({
    name,
    perform: (view, cpu, args) => view.update(where(cpu), (of) => write(of, ...args)),
  });
}
