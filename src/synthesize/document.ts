/**
 * From a search to its document: what is minimal, what its edits are for, and what refutes the sets that somebody would
 * think of.
 */
import { editsNamed, totalCost, type Edit } from "../spec/edit.js";
import type { CostedSet, NaturalCandidate, Trace, Without } from "../trace/synthesis.js";
import { forbids } from "./clause.js";
import type { EditSet, Lattice } from "./lattice.js";
import type { Fate, Killed, Search } from "./search.js";

export function costedSet(lattice: Lattice, set: EditSet): CostedSet {
  const edits = lattice.editsOf(set);
  return { edits: edits.map(({ name }) => name), cost: totalCost(edits) };
}

/** By what a reviewer sees: lines, then accesses, then fields; as they come where these are the same. */
export function byCost(a: CostedSet, b: CostedSet): number {
  return a.cost.lines - b.cost.lines || a.cost.accesses - b.cost.accesses || a.cost.fields - b.cost.fields;
}

/** What refutes the set; null if it meets everything, or nothing could be said. `kills`: what is known. */
export async function refutationOf(
  search: Search,
  kills: readonly Killed[],
  set: EditSet,
): Promise<Trace | null> {
  const known = kills.find((kill) => forbids(search.clauseOf(kill), set));
  if (known !== undefined) {
    // The clause is believed here only after the execution has been walked once more, with these edits.
    const steps = await search.stepsAlong(known, set);
    if (steps === undefined) {
      throw new Error(`a cube of ${known.cell} does not refute ${search.lattice.nameOf(set)}`);
    }
    return { cell: known.cell, property: known.property, steps };
  }
  const fate: Fate = await search.decide(set);
  if (fate.kind !== "killed") return null;
  return { cell: fate.cell, property: fate.property, steps: fate.guide.length };
}

/** For each edit of the set: what refutes the set without it. */
export async function withoutEach(
  search: Search,
  kills: readonly Killed[],
  set: EditSet,
): Promise<readonly Without[]> {
  const found: Without[] = [];
  for (const at of set) {
    const rest = set.filter((one) => one !== at);
    found.push({ edit: search.lattice.nameOf([at]), refuted: await refutationOf(search, kills, rest) });
  }
  return found;
}

export async function naturalCandidates(
  search: Search,
  kills: readonly Killed[],
  natural: readonly { readonly idea: string; readonly edits: readonly string[] }[],
): Promise<readonly NaturalCandidate[]> {
  const { lattice } = search;
  const found: NaturalCandidate[] = [];
  for (const { idea, edits } of natural) {
    const set = positionsOf(lattice, editsNamed(lattice.edits, edits));
    found.push({ idea, ...costedSet(lattice, set), refuted: await refutationOf(search, kills, set) });
  }
  return found;
}

export function positionsOf({ edits }: Lattice, of: readonly Edit[]): EditSet {
  return [...edits.keys()].filter((at) => of.some((edit) => edit === edits[at]));
}
