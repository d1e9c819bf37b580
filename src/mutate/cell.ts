/**
 * Cells: a scenario with its parameters and all of its properties, and the verdicts that a system has there.
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
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  readonly properties: readonly Property[];
}

/** What mutants are compared with, and what was explored for it. */
export interface Verdicts {
  /** By property: `holds`, `violated (no-loss)`, `vacuous` ... */
  readonly of: ReadonlyMap<string, string>;
  /** Was the whole state space explored? */
  readonly complete: boolean;
  readonly states: number;
  /** The bound that was hit; null if none was. */
  readonly bound: string | null;
}

const INCONCLUSIVE = "inconclusive";

export interface Asked {
  readonly cell: Cell;
  readonly driver: Driver;
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
  /** Makes the system to check of the cell's own. */
  readonly rewrite: (system: System) => System;
}

/** The verdicts on a rewritten system. */
export function verdictsOf({ cell, driver, witnesses, maxStates, rewrite }: Asked): Verdicts {
  const { scenario, configuration, properties } = cell;
  const documents = checkAll({
    scenario: { ...scenario, build: (of, config) => rewrite(scenario.build(of, config)) },
    driver,
    configuration,
    properties,
    witnesses,
    maxStates,
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

function wordsOf({ verdict, trace }: CheckDocument): string {
  if (verdict === "inconclusive") return INCONCLUSIVE;
  return trace === undefined ? verdict : `${verdict} (${trace.rule})`;
}

/**
 * Who tells the two apart: properties with another verdict, and `never-stuck`, `witnesses` or `model-error` where it is
 * not the property that speaks. What is inconclusive differs from nothing.
 */
export function differences(base: Verdicts, other: Verdicts): string[] {
  const noticed = [...base.of].flatMap(([property, before]) => {
    const after = other.of.get(property);
    if (after === undefined || after === before) return [];
    return before === INCONCLUSIVE || after === INCONCLUSIVE ? [] : [SPEAKERS[after] ?? property];
  });
  return [...new Set(noticed)];
}

/** Verdicts that are the same for all properties, and who is behind them. */
const SPEAKERS: Readonly<Record<string, string>> = {
  [`violated (${NEVER_STUCK})`]: NEVER_STUCK,
  vacuous: "witnesses",
  error: "model-error",
};
