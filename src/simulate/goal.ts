/**
 * The goal of a walk: to break a rule of a safety property.
 */
import type { Machine } from "../runtime/machine.js";
import { breaksBy, breaksIn, type SafetyProperty } from "../spec/property.js";
import type { InternedSystem, Move, Row } from "./interned-system.js";

export interface Goal {
  /** The name of the rule that a move breaks; undefined if it breaks none. */
  readonly brokenBy: (move: Move) => string | undefined;
  /** The name of the rule that is broken in a state; undefined if none is. */
  readonly brokenIn: (row: Row) => string | undefined;
}

export function goalOf(machine: Machine, system: InternedSystem, property: SafetyProperty): Goal {
  const { events } = machine.system;
  const { rules } = property;
  const onStates = rules.flatMap((rule) =>
    rule.brokenIn === undefined
      ? []
      : events.map((event) => ({
          name: rule.name,
          isBroken: system.memo(`${rule.name} of ${event}`, (read) =>
            breaksIn(property, rule, machine.view(read), event),
          ),
        })),
  );
  return {
    brokenBy: ({ observations }) =>
      observations.length === 0
        ? undefined
        : rules.find((rule) => observations.some((one) => breaksBy(property, rule, one)))?.name,
    brokenIn: (row) => onStates.find(({ isBroken }) => isBroken(row))?.name,
  };
}
