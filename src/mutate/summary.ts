/**
 * The summary of a score: how many mutants are killed, which properties notice them, and why the others survive.
 */
import { reasonFor, type Reason } from "./reasons.js";
import type { MutantResult, Score } from "./score.js";

export interface Killer {
  /** A property, or `never-stuck`, `witnesses` or `model-error`. */
  readonly name: string;
  /** How many mutants the property notices, in the cells that kill them. */
  readonly notices: number;
  /** How many of these no other property notices there. */
  readonly alone: number;
}

export interface Survivor {
  readonly mutant: MutantResult;
  readonly reason: Reason | undefined;
}

export interface Summary {
  readonly total: number;
  readonly killed: number;
  /** Shown to be equivalent by a check. They are no part of the score. */
  readonly equivalent: readonly MutantResult[];
  /** Properties with most notices first, those with 0 included. */
  readonly killers: readonly Killer[];
  readonly explained: readonly (Survivor & { readonly reason: Reason })[];
  readonly unexplained: readonly MutantResult[];
  readonly undecided: readonly MutantResult[];
  /** Mutants with a reason that are killed, or shown to be equivalent, in the cells that reasons are of: it is out of date. */
  readonly stale: readonly string[];
}

/** What the summary of a score takes besides. */
export interface SummaryOptions {
  /** The names of the properties that were checked in some cell. */
  readonly properties: readonly string[];
  readonly reasons: readonly Reason[];
  /** Is the score of the cells that the reasons are of? In others a mutant may be equivalent that is not in these. */
  readonly isOfReasons: boolean;
}

export function summarize(score: Score, { properties, reasons, isOfReasons }: SummaryOptions): Summary {
  const { mutants } = score;
  const kills = mutants.flatMap(({ fate }) => (fate.kind === "killed" ? [fate.by] : []));
  const names = [...new Set([...properties, ...kills.flat()])];
  const survivors = mutants
    .filter(({ fate }) => fate.kind === "survived")
    .map((mutant): Survivor => ({ mutant, reason: reasonFor(mutant.name, reasons) }));
  return {
    total: mutants.length,
    killed: kills.length,
    equivalent: mutants.filter(({ fate }) => fate.kind === "equivalent"),
    killers: names
      .map((name) => ({
        name,
        notices: kills.filter((by) => by.includes(name)).length,
        alone: kills.filter((by) => by.length === 1 && by[0] === name).length,
      }))
      .sort((a, b) => b.notices - a.notices || b.alone - a.alone),
    explained: survivors.flatMap(({ mutant, reason }) => (reason === undefined ? [] : [{ mutant, reason }])),
    unexplained: survivors.flatMap(({ mutant, reason }) => (reason === undefined ? [mutant] : [])),
    undecided: mutants.filter(({ fate }) => fate.kind === "undecided"),
    stale: (isOfReasons ? mutants : [])
      .filter(({ fate }) => fate.kind === "killed" || fate.kind === "equivalent")
      .filter(({ name }) => reasonFor(name, reasons) !== undefined)
      .map(({ name }) => name),
  };
}
