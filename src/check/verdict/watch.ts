/**
 * From properties and witnesses to what the search watches for.
 */
import type { CycleGoal, Goal } from "../../engine/explore.js";
import type { Machine } from "../../runtime/machine.js";
import type { Configuration } from "../../spec/parameter.js";
import {
  breaksBy,
  breaksIn,
  isOccasion,
  isOf,
  reaches,
  waits,
  type LivenessProperty,
  type Occasion,
  type Property,
  type Witness,
} from "../../spec/property.js";
import type { Scenario } from "../../spec/scenario.js";
import { subjectsOf } from "../../trace/loop.js";

type Read = (component: number) => unknown;

/** What breaks a safety property; nothing that happens breaks a liveness property. */
export function goalOf(machine: Machine, property: Property): Goal {
  if (property.kind === "eventually") return { transitions: [], states: [] };
  const { events } = machine.system;
  const onTransitions = property.rules.filter(({ brokenBy }) => brokenBy !== undefined);
  const onStates = property.rules.filter(({ brokenIn }) => brokenIn !== undefined);
  return {
    transitions: onTransitions.map((rule) => (of) => breaksBy(property, rule, of)),
    states: onStates.flatMap((rule) =>
      events.map((event) => (read: Read) => breaksIn(property, rule, machine.view(read), event)),
    ),
  };
}

/** What breaks a liveness property: a cycle for each of its subjects. */
export function cyclesOf(machine: Machine, property: LivenessProperty): CycleGoal[] {
  const { without, through } = property;
  return subjectsOf(machine, property).map((subject) => ({
    waits: (read) => waits(property, machine.view(read), subject),
    ...(without === undefined ? {} : { without: (of) => isOf("without", property, of, subject) }),
    ...(through === undefined ? {} : { through: (of) => isOf("through", property, of, subject) }),
  }));
}

/** What the properties are about, each once; one that throws says so with PMC208. */
export function occasionsOf(properties: readonly Property[]): readonly Occasion[] {
  const found = new Map<string, Occasion>();
  for (const property of properties) {
    const { occasion } = property;
    if (occasion === undefined || found.has(occasion.sentence)) continue;
    found.set(occasion.sentence, { ...occasion, reachedBy: (of) => isOccasion(property, occasion, of) });
  }
  return [...found.values()];
}

/** The witnesses that "holds" needs; one that throws says so with PMC208. */
export function expectedWitnesses(
  scenario: Scenario,
  configuration: Configuration,
  known: readonly Witness[],
): readonly Witness[] {
  const all = [...(scenario.own?.witnesses(configuration) ?? []), ...known];
  return scenario.witnesses(configuration).map((name) => {
    const witness = all.find((one) => one.name === name);
    if (witness === undefined)
      throw new Error(`scenario ${scenario.name} asks for an unknown witness ${name}`);
    return { ...witness, reachedBy: (of) => reaches(witness, of) };
  });
}
