/**
 * Cores: of the clauses that leave no set, some that leave none already, and none of which can be left out. They are the
 * proof that is worth reading.
 */
import type { Clause } from "./clause.js";
import type { Lattice } from "./lattice.js";
import { Solver } from "./solver.js";

/** In their order. Throws if the clauses leave a set. */
export function coreOf<T>(
  { edits, rules }: Lattice,
  of: readonly T[],
  clauseOf: (one: T) => Clause,
): readonly T[] {
  const isEnough = (some: readonly T[]): boolean =>
    new Solver(edits.length, [...rules, ...some.map(clauseOf)]).next() === undefined;
  if (!isEnough(of)) throw new Error("a core of clauses that leave a set");
  let core = of;
  // What was learnt last stands for the largest sets, and is what the others make unnecessary most often.
  for (const one of of.toReversed()) {
    const rest = core.filter((other) => other !== one);
    if (isEnough(rest)) core = rest;
  }
  return core;
}
