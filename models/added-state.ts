/**
 * Components that a fix or a driver brings along: of every event, of every CPU, or of the machine.
 */
import type { AddedState, Driver } from "../src/spec/scenario.js";
import type { State } from "../src/spec/system.js";

/** The components of the driver and of the fixes in it, with their values at first. */
export function addedState(
  { state = [] }: Driver,
  cpus: readonly number[],
  events: readonly string[],
): State {
  return Object.fromEntries(
    state.flatMap((added) => namesOf(added, cpus, events).map((name) => [name, added.initial])),
  );
}

function namesOf(added: AddedState, cpus: readonly number[], events: readonly string[]): readonly string[] {
  switch (added.per) {
    case "cpu":
      return cpus.map((cpu) => added.component(cpu).name);
    case "machine":
      return [added.component().name];
    default:
      return events.map((event) => added.component(event).name);
  }
}
