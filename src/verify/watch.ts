/**
 * From properties and witnesses to what the search watches for.
 */
import type { CycleGoal, Goal } from "../engine/explore.js";
import type { Machine } from "../runtime/machine.js";
import type { Configuration } from "../spec/parameter.js";
import type { LivenessProperty, Property, Witness } from "../spec/property.js";
import type { Scenario } from "../spec/scenario.js";
import { subjectsOf } from "../trace/loop.js";

type Read = (component: number) => unknown;

/** What breaks a safety property; nothing that happens breaks a liveness property. */
export function goalOf(machine: Machine, property: Property): Goal {
  if (property.kind === "eventually") return { transitions: [], states: [] };
  const { events } = machine.system;
  return {
    transitions: property.rules.flatMap(({ brokenBy }) => (brokenBy === undefined ? [] : [brokenBy])),
    states: property.rules.flatMap(({ brokenIn }) =>
      brokenIn === undefined
        ? []
        : events.map((event) => (read: Read) => brokenIn(machine.view(read), event)),
    ),
  };
}

/** What breaks a liveness property: a cycle for each of its subjects. */
export function cyclesOf(machine: Machine, property: LivenessProperty): CycleGoal[] {
  const { waiting, without, through } = property;
  return subjectsOf(machine, property).map((subject) => ({
    waits: (read) => waiting(machine.view(read), subject),
    ...(without === undefined ? {} : { without: (of) => without(of, subject) }),
    ...(through === undefined ? {} : { through: (of) => through(of, subject) }),
  }));
}

/** The witnesses that "holds" needs. */
export function expectedWitnesses(
  scenario: Scenario,
  configuration: Configuration,
  known: readonly Witness[],
): readonly Witness[] {
  return scenario.witnesses(configuration).map((name) => {
    const witness = known.find((one) => one.name === name);
    if (witness === undefined)
      throw new Error(`scenario ${scenario.name} asks for an unknown witness ${name}`);
    return witness;
  });
}
