/**
 * Symmetry: what can be exchanged without anybody noticing, said by names.
 *
 * Two CPUs, two tasks, two counters may differ in nothing but what they are called. Then a state and what it is called
 * when the names are exchanged have the same future, but for the names. A model that knows of such names says so here; a
 * search may then take such states as one, and it finds out if the model is wrong (src/reduce/symmetric-system.ts).
 */

/** What every name becomes, one to one. Names that are not in it stay. */
export type Permutation = ReadonlyMap<string, string>;

/** What a permutation of names does to a system; components and processes by index. */
export interface Renaming {
  readonly permutation: Permutation;
  /** The component that each component becomes. */
  readonly components: readonly number[];
  /** The process that each process becomes. */
  readonly processes: readonly number[];
  /** What the value of a component is called in the component that this becomes. */
  readonly value: (component: number, value: unknown) => unknown;
}

export interface Symmetry {
  /** Permutations of which all others are made, one after another. */
  readonly generators: readonly Permutation[];
  /** One permutation after another has to do what both of them do one after another. */
  readonly renaming: (permutation: Permutation) => Renaming;
}

/** A name exchanged with another one. */
export function exchange(...pairs: readonly (readonly [string, string])[]): Permutation {
  return new Map(
    pairs.flatMap(([a, b]) => [
      [a, b],
      [b, a],
    ]),
  );
}

/** What a name becomes. */
export function renamed(name: string, permutation: Permutation): string {
  return permutation.get(name) ?? name;
}

/** `T <-> U, A <-> B`, for messages. */
export function showPermutation(permutation: Permutation): string {
  const shown = new Set<string>();
  return [...permutation]
    .filter(([from, to]) => {
      const isNew = from !== to && !shown.has(`${to} ${from}`);
      shown.add(`${from} ${to}`);
      return isNew;
    })
    .map(([from, to]) => (permutation.get(to) === from ? `${from} <-> ${to}` : `${from} -> ${to}`))
    .join(", ");
}
