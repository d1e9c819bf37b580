/**
 * Last writers: which steps wrote the values that matter to the broken rule.
 *
 * These values are those of the event that the rule was broken for, those that the rule reads in a state, and the
 * signals of the machine. If there is neither such an event nor such a rule, they are the values that the last step read.
 * For each value that changed after the origin (explain.ts; without an origin, after the initial state), the last step
 * before the violation that wrote the value.
 */
import type { Machine } from "../runtime/machine.js";
import { breaksIn, type Property } from "../spec/property.js";
import type { State } from "../spec/system.js";
import type { TraceStep } from "../trace/document.js";
import type { LastWriter } from "../trace/explanation.js";
import { differences } from "./leaves.js";

/** The components whose values matter. */
export function componentsOf(
  machine: Machine,
  property: Property,
  states: readonly State[],
  last: TraceStep,
  event: string | undefined,
): string[] {
  const own = machine.components.filter((name) => event !== undefined && name.split(".").at(-1) === event);
  const looked = componentsRead(machine, states.at(-1), (read) => {
    const rules = property.kind === "always" ? property.rules : [];
    for (const rule of rules) {
      for (const of of machine.system.events) breaksIn(property, rule, machine.view(read), of);
    }
  });
  const found = [...new Set([...own, ...looked])];
  if (found.length > 0) return found;
  return componentsRead(machine, states.at(-2), (read) => {
    machine.run(machine.processes.indexOf(last.process), read);
  });
}

/** The names of the components that `act` reads in a state. */
export function componentsRead(
  machine: Machine,
  state: State | undefined,
  act: (read: (component: number) => unknown) => void,
): string[] {
  const names = new Set<string>();
  act((component) => {
    const name = machine.components[component] ?? "";
    names.add(name);
    return state?.[name];
  });
  return [...names];
}

/** The last writers among the steps after the first `from` steps, in the order of the steps. */
export function lastWriters(
  steps: readonly TraceStep[],
  states: readonly State[],
  components: readonly string[],
  from: number,
): LastWriter[] {
  const writers = new Map<string, LastWriter>();
  // The last step is the violation itself.
  for (let at = from; at < steps.length - 1; at++) {
    for (const { signal, cpu, from: old, to } of steps[at]?.changes ?? []) {
      const value = cpu === null ? signal : `cpu${cpu}: ${signal}`;
      writers.set(value, { value, from: old, to, step: at + 1 });
    }
    for (const component of components) {
      const changes = differences(component, states[at]?.[component], states[at + 1]?.[component]);
      for (const { name, from: old, to } of changes) {
        writers.set(name, { value: name, from: old, to, step: at + 1 });
      }
    }
  }
  return [...writers.values()].sort((a, b) => a.step - b.step);
}
