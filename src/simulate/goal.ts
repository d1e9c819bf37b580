/**
 * What a walk looks for: the rules of a safety property, and the one rule that every system keeps.
 */
import type { Machine } from "../runtime/machine.js";
import type { SafetyProperty } from "../spec/property.js";
import type { InternedSystem, Move, Row } from "./interned-system.js";

/** The names of broken rules; undefined where none is broken. */
export interface Goal {
  readonly brokenBy: (move: Move) => string | undefined;
  readonly brokenIn: (row: Row) => string | undefined;
}

export function goalOf(machine: Machine, system: InternedSystem, { rules }: SafetyProperty): Goal {
  const { events } = machine.system;
  const onStates = rules.flatMap(({ name, brokenIn }) =>
    brokenIn === undefined
      ? []
      : events.map((event) => ({
          name,
          broken: system.memo((read) => brokenIn(machine.view(read), event)),
        })),
  );
  return {
    brokenBy: ({ observations }) =>
      observations.length === 0
        ? undefined
        : rules.find(({ brokenBy }) => brokenBy !== undefined && observations.some(brokenBy))?.name,
    brokenIn: (row) => onStates.find(({ broken }) => broken.at(row))?.name,
  };
}
