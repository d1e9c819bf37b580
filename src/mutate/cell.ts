/**
 * Cells: a scenario with parameters and with all its properties; and the verdicts of a system in a cell.
 */
import type { Configuration } from "../spec/parameter.js";
import type { Property, Witness } from "../spec/property.js";
import type { Driver, Scenario } from "../spec/scenario.js";
import type { System } from "../spec/system.js";
import { checkAll } from "../check/verdict/check.js";
import type { CheckDocument } from "../trace/document.js";
import { NEVER_STUCK } from "../check/target.js";

export interface Cell {
  /** `one-cpu nmi switches=0`. */
  readonly name: string;
  /** The driver that is mutated, or the same with fixes. */
  readonly driver: Driver;
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  readonly properties: readonly Property[];
}

/** The verdicts in a cell, and what was explored for them. */
export interface Verdicts {
  /** By property: `holds`, `violated (no-loss)`, `vacuous` ... */
  readonly of: ReadonlyMap<string, string>;
  /** True if the whole state space was explored. */
  readonly complete: boolean;
  readonly states: number;
  /** The bound that was hit; null if no bound was hit. */
  readonly bound: string | null;
}

const INCONCLUSIVE = "inconclusive";

export interface Asked {
  readonly cell: Cell;
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
  /** Why to stop; undefined to go on. What is stopped is inconclusive. */
  readonly stop?: (() => string | undefined) | undefined;
  /** Makes the system to check from the system of the cell. */
  readonly rewrite: (system: System) => System;
}

/** Checks the rewritten system of a cell. */
export function verdictsOf({ cell, witnesses, maxStates, stop, rewrite }: Asked): Verdicts {
  const { driver, scenario, configuration, properties } = cell;
  const documents = checkAll({
    scenario: { ...scenario, build: (of, config) => rewrite(scenario.build(of, config)) },
    driver: withoutCopies(driver),
    configuration,
    properties,
    witnesses,
    maxStates,
    stop,
    shortest: "steps",
  });
  const undecided = documents.find(({ verdict }) => verdict === "inconclusive");
  return {
    of: new Map(documents.map((document) => [document.property, wordsOf(document)])),
    complete: documents.every(({ complete }) => complete),
    states: documents[0]?.states ?? 0,
    bound: undecided?.reason ?? null,
  };
}

/** A driver whose functions are not compared with those of modules that are loaded once more: these have no mistake in them. */
export function withoutCopies({ anew: _copies, fix, ...driver }: Driver): Driver {
  if (fix === undefined) return driver;
  const { anew: _fixed, ...applied } = fix;
  return { ...driver, fix: applied };
}

function wordsOf({ verdict, trace }: CheckDocument): string {
  if (verdict === "inconclusive") return INCONCLUSIVE;
  return trace === undefined ? verdict : `${verdict} (${trace.rule})`;
}

/**
 * What tells two systems apart: the properties with different verdicts, or `never-stuck`, `witnesses` or `model-error`
 * if one of these is the reason for the verdict. An inconclusive verdict tells nothing apart.
 */
export function differences(base: Verdicts, other: Verdicts): string[] {
  const noticed = [...base.of].flatMap(([property, before]) => {
    const after = other.of.get(property);
    if (after === undefined || after === before) return [];
    return before === INCONCLUSIVE || after === INCONCLUSIVE ? [] : [REASONS[after] ?? property];
  });
  return [...new Set(noticed)];
}

/** Verdicts that all properties of a cell have together, and the names of their reasons. */
const REASONS: Readonly<Record<string, string>> = {
  [`violated (${NEVER_STUCK})`]: NEVER_STUCK,
  vacuous: "witnesses",
  error: "model-error",
};
