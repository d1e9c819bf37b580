/**
 * Cells: what a set of edits is asked in one scenario with one kind of interrupt.
 */
import { goalOf } from "../check/verdict/watch.js";
import type { Goal } from "../engine/explore.js";
import type { Machine } from "../runtime/machine.js";
import type { Configuration } from "../spec/parameter.js";
import type { SafetyProperty } from "../spec/property.js";
import type { Scenario } from "../spec/scenario.js";

/** Whether a requirement is there because it is wanted everywhere, or because the driver meets it without any edit. */
export type Why = "required" | "kept";

export interface Requirement {
  readonly property: SafetyProperty;
  readonly why: Why;
}

export interface Cell {
  /** `frequency/irq`. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly irq: string;
  readonly configuration: Configuration;
  readonly requirements: readonly Requirement[];
  /** The states of the cell without an edit. */
  readonly states: number;
}

/** One goal of all requirements: it is broken where the first of them is. */
export function goalOfCell(machine: Machine, { requirements }: Cell): Goal {
  const goals = requirements.map(({ property }) => goalOf(machine, property));
  return {
    transitions: goals.flatMap(({ transitions }) => transitions),
    states: goals.flatMap(({ states }) => states),
  };
}
