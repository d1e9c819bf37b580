/**
 * What a score comes to: how many mutants are noticed, by which properties, and what is to be said of the others.
 */
import { reasonFor, type Reason } from "./reasons.js";
import type { MutantResult, Score } from "./score.js";

export interface Killer {
  /** A property, or `never-stuck`, `witnesses` or `model-error`. */
  readonly name: string;
  /** Mutants that it notices in the cell that kills them. */
  readonly notices: number;
  /** Those of them that nothing else notices there. */
  readonly alone: number;
}

export interface Survivor {
  readonly mutant: MutantResult;
  readonly reason: Reason | undefined;
}

export interface Summary {
  readonly total: number;
  readonly killed: number;
  /** Most noticing first; properties that notice nothing are listed with 0. */
  readonly killers: readonly Killer[];
  readonly explained: readonly (Survivor & { readonly reason: Reason })[];
  readonly unexplained: readonly MutantResult[];
  readonly undecided: readonly MutantResult[];
  /** Names in the reasons that are mutants here and were killed: the reason is out of date. */
  readonly stale: readonly string[];
}

/** `properties`: the names of those that were asked anywhere. */
export function summarize(score: Score, properties: readonly string[], reasons: readonly Reason[]): Summary {
  const { mutants } = score;
  const kills = mutants.flatMap(({ fate }) => (fate.kind === "killed" ? [fate.by] : []));
  const names = [...new Set([...properties, ...kills.flat()])];
  const survivors = mutants
    .filter(({ fate }) => fate.kind === "survived")
    .map((mutant): Survivor => ({ mutant, reason: reasonFor(mutant.name, reasons) }));
  return {
    total: mutants.length,
    killed: kills.length,
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
    stale: mutants
      .filter(({ name, fate }) => fate.kind === "killed" && reasonFor(name, reasons) !== undefined)
      .map(({ name }) => name),
  };
}
