/**
 * The group that permutations of names generate.
 */
import { PmucheckError } from "../spec/errors.js";
import { renamed, type Permutation, type Renaming, type Symmetry } from "../spec/symmetry.js";

/** The largest group: with more renamings per state, symmetry costs more than it saves. */
const MOST = 120;

/** The product: `first`, and then `then`. */
export function composed(first: Permutation, then: Permutation): Permutation {
  const names = [...new Set([...first.keys(), ...then.keys()])];
  return new Map(names.map((name) => [name, renamed(renamed(name, first), then)]));
}

/** Equal keys for equal permutations. */
export function keyOfPermutation(permutation: Permutation): string {
  const moved = [...permutation].filter(([from, to]) => from !== to);
  return JSON.stringify(moved.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The renamings of all permutations of a symmetry's group but the identity. Throws PMC206 if they are too many. */
export function renamingsOf({ generators, renaming }: Symmetry): Renaming[] {
  return groupOf(generators).map((permutation) => renaming(permutation));
}

/** All products of generators but the identity. Throws PMC206 if they are more than {@link MOST}. */
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
