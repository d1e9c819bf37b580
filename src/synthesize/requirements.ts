/**
 * Requirements: from the verdicts of the driver as it is to what a set of edits has to meet, cell by cell.
 *
 *   required   must hold in every cell, unless it is excused there
 *   kept       must hold where the driver meets it without any edit: nothing is newly broken
 *
 * Only what always or never holds along an execution is asked here. Whether something happens at last, and whether a
 * verdict says anything, is decided when a set is verified over the whole matrix.
 */
import { configure } from "../spec/parameter.js";
import { reasonToExcuse, type Excuse } from "../spec/excuse.js";
import type { Property, SafetyProperty } from "../spec/property.js";
import type { Scenario } from "../spec/scenario.js";
import type { Verdict } from "../trace/document.js";
import type { Cell, Requirement } from "./cell.js";

/** The verdicts of one scenario with one kind of interrupt, without an edit. */
export interface BaseCell {
  readonly scenario: string;
  readonly irq: string;
  readonly states: number;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** A requirement that is not made, and why. */
export interface Excused {
  readonly cell: string;
  readonly property: string;
  readonly reason: string;
}

export interface Asked {
  readonly scenarios: readonly Scenario[];
  readonly properties: readonly Property[];
  /** Names of properties that must hold everywhere. */
  readonly required: readonly string[];
  /** Names of properties that must not be newly broken. */
  readonly kept: readonly string[];
  readonly excuses: readonly Excuse[];
}

export interface Requirements {
  /** In the order in which they are to be asked: fewest states first. */
  readonly cells: readonly Cell[];
  readonly excused: readonly Excused[];
  /** Cells of which nothing can be asked, since the driver's own verdict is not known. */
  readonly unknown: readonly {
    readonly cell: string;
    readonly property: string;
    readonly verdict: Verdict;
  }[];
}

export function requirementsOf(base: readonly BaseCell[], asked: Asked): Requirements {
  const excused: Excused[] = [];
  const unknown: { cell: string; property: string; verdict: Verdict }[] = [];
  const cells = base.flatMap(({ scenario: name, irq, states, verdicts }): Cell[] => {
    const scenario = asked.scenarios.find((one) => one.name === name);
    if (scenario === undefined) return [];
    const cell = `${name}/${irq}`;
    const requirements = asked.properties.flatMap((property): Requirement[] => {
      const verdict = verdicts[property.name];
      if (verdict === undefined || property.kind !== "always") return [];
      const isRequired = asked.required.includes(property.name);
      if (!isRequired && !asked.kept.includes(property.name)) return [];
      return requirement(property, verdict, isRequired);
    });
    return requirements.length === 0
      ? []
      : [
          {
            name: cell,
            scenario,
            irq,
            states,
            requirements,
            configuration: configure(scenario.parameters, { irq }),
          },
        ];

    function requirement(property: SafetyProperty, verdict: Verdict, isRequired: boolean): Requirement[] {
      if (verdict === "holds" || verdict === "vacuous") {
        return [{ property, why: isRequired ? "required" : "kept" }];
      }
      if (verdict !== "violated") unknown.push({ cell, property: property.name, verdict });
      if (verdict !== "violated" || !isRequired) return [];
      const reason = reasonToExcuse(asked.excuses, name, property.name);
      if (reason === undefined) return [{ property, why: "required" }];
      excused.push({ cell, property: property.name, reason });
      return [];
    }
  });
  return {
    cells: cells.toSorted((a, b) => a.states - b.states || (a.name < b.name ? -1 : 1)),
    excused,
    unknown,
  };
}
