/**
 * The lattice: which edits there are, and which sets of them make sense.
 *
 * A set of edits is a list of their positions in the catalogue, ascending.
 */
import type { Edit } from "../spec/edit.js";
import { PmucheckError } from "../spec/errors.js";
import { nearest } from "../spec/nearest.js";
import { clause, type Clause } from "./clause.js";

export type EditSet = readonly number[];

/** More do not fit into a clause's two words. */
const MOST_EDITS = 62;

export class Lattice {
  readonly edits: readonly Edit[];
  /** Sets that make no sense break one of these. */
  readonly rules: readonly Clause[];

  /** Throws PMC106 for more edits than there is room for, PMC130 for an edit that names one there is not. */
  constructor(edits: readonly Edit[]) {
    if (edits.length > MOST_EDITS) {
      throw new PmucheckError("PMC106", `${edits.length} edits: a search takes ${MOST_EDITS} at most`);
    }
    this.edits = edits;
    this.rules = edits.flatMap(({ name, excludes = [], needs = [] }, at) => [
      ...excludes.map((other) => clause([at, this.#indexOf(other, name)], [])),
      ...needs.map((any) =>
        clause(
          [at],
          any.map((other) => this.#indexOf(other, name)),
        ),
      ),
    ]);
  }

  #indexOf(name: string, by: string): number {
    const names = this.edits.map((edit) => edit.name);
    const at = names.indexOf(name);
    if (at >= 0) return at;
    throw new PmucheckError("PMC130", `edit '${by}' names '${name}', which is none${nearest(name, names)}`);
  }

  editsOf(set: EditSet): readonly Edit[] {
    return set.flatMap((at) => this.edits[at] ?? []);
  }

  /** The set without the edit, or with it and without those that it excludes. */
  toggled(set: EditSet, edit: number): EditSet {
    if (set.includes(edit)) return set.filter((at) => at !== edit);
    const excluded = this.rules.flatMap(({ yes, no }) =>
      no.length === 0 && yes.includes(edit) ? yes.filter((at) => at !== edit) : [],
    );
    return [...set.filter((at) => !excluded.includes(at)), edit].toSorted((a, b) => a - b);
  }

  /** As a fix on the command line names it; `nothing` for no edit. */
  nameOf(set: EditSet): string {
    return set.length === 0
      ? "nothing"
      : this.editsOf(set)
          .map(({ name }) => name)
          .join("+");
  }

  /**
   * How many sets make sense, by their size: the product of what the connected parts of the rules allow. `most` is the
   * largest size that is counted.
   */
  countBySize(most: number): readonly number[] {
    let counts = [1];
    for (const part of this.#parts()) counts = product(counts, this.#countPart(part, most), most);
    return counts;
  }

  /** Edits that rules connect, directly or not. */
  #parts(): readonly EditSet[] {
    const partOf = this.edits.map((_, at) => at);
    const root = (at: number): number => {
      const up = partOf[at] ?? at;
      return up === at ? at : root(up);
    };
    for (const { yes, no } of this.rules) {
      const [first, ...rest] = [...yes, ...no];
      for (const other of rest) partOf[root(other)] = root(first ?? other);
    }
    const parts = new Map<number, number[]>();
    for (const at of partOf.keys()) parts.set(root(at), [...(parts.get(root(at)) ?? []), at]);
    return [...parts.values()];
  }

  #countPart(part: EditSet, most: number): number[] {
    const rules = this.rules.filter(({ yes, no }) => [...yes, ...no].some((at) => part.includes(at)));
    const counts: number[] = Array.from({ length: most + 1 }, () => 0);
    const excluded = rules.filter(({ no }) => no.length === 0);
    const choose = (from: number, chosen: Set<number>): void => {
      if (chosen.size > most) return;
      const edit = part[from];
      if (edit === undefined) {
        const isAllowed = rules.every(
          ({ yes, no }) => yes.some((at) => !chosen.has(at)) || no.some((at) => chosen.has(at)),
        );
        if (isAllowed) counts[chosen.size] = (counts[chosen.size] ?? 0) + 1;
        return;
      }
      choose(from + 1, chosen);
      const clashes = excluded.some(
        ({ yes }) => yes.includes(edit) && yes.every((at) => at === edit || chosen.has(at)),
      );
      if (clashes) return;
      chosen.add(edit);
      choose(from + 1, chosen);
      chosen.delete(edit);
    };
    choose(0, new Set());
    return counts;
  }
}

function product(one: readonly number[], other: readonly number[], most: number): number[] {
  const made: number[] = Array.from({ length: Math.min(most, one.length + other.length - 2) + 1 }, () => 0);
  for (const [i, a] of one.entries()) {
    for (const [j, b] of other.entries()) {
      if (i + j < made.length) made[i + j] = (made[i + j] ?? 0) + a * b;
    }
  }
  return made;
}
