/**
 * The group that permutations of names make.
 */
import { PmucheckError } from "../spec/errors.js";
import { renamed, type Permutation, type Renaming, type Symmetry } from "../spec/symmetry.js";

/** Looking at more names for every state than this costs more than it saves. */
const MOST = 120;

/** First one permutation, then another. */
export function composed(first: Permutation, then: Permutation): Permutation {
  const names = [...new Set([...first.keys(), ...then.keys()])];
  return new Map(names.map((name) => [name, renamed(renamed(name, first), then)]));
}

/** Equal for permutations that do the same. */
export function keyOfPermutation(permutation: Permutation): string {
  const moved = [...permutation].filter(([from, to]) => from !== to);
  return JSON.stringify(moved.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the permutations of a symmetry's group do. */
export function renamingsOf({ generators, renaming }: Symmetry): Renaming[] {
  return groupOf(generators).map((permutation) => renaming(permutation));
}

/** All that generators make, one after another, without the one that changes nothing. Throws PMC206 if they are too many. */
export function groupOf(generators: readonly Permutation[]): Permutation[] {
  const identity: Permutation = new Map();
  const group = new Map([[keyOfPermutation(identity), identity]]);
  for (const one of group.values()) {
    for (const generator of generators) {
      const next = composed(one, generator);
      const key = keyOfPermutation(next);
      if (!group.has(key)) group.set(key, next);
      if (group.size > MOST)
        throw new PmucheckError("PMC206", `more than ${MOST} ways to exchange names: leave some out`);
    }
  }
  group.delete(keyOfPermutation(identity));
  return [...group.values()];
}
