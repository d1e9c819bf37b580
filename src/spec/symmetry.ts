/**
 * Symmetry: names that can be exchanged without any other effect.
 *
 * Two tasks, two events or two counters may differ in nothing but their names. Then a state and its image under an
 * exchange of the names have the same futures, except for the names. A model declares such names here. A search may then
 * explore one state of each orbit, and checks while it does so that the declaration is right
 * (src/reduce/symmetric-system.ts).
 */

/** Maps names to names, one to one. A name that is not in the map stays. */
export type Permutation = ReadonlyMap<string, string>;

/** The effect of a permutation on a system; components and processes are indices. */
export interface Renaming {
  readonly permutation: Permutation;
  /** By component: its image. */
  readonly components: readonly number[];
  /** By process: its image. */
  readonly processes: readonly number[];
  /** The image of a value of a component: a value of the component's image. */
  readonly value: (component: number, value: unknown) => unknown;
}

export interface Symmetry {
  /** Permutations that generate the group of all. */
  readonly generators: readonly Permutation[];
  /** The renaming of a permutation. The renaming of a product must be the product of the renamings. */
  readonly renaming: (permutation: Permutation) => Renaming;
}

/** The permutation that exchanges the names of each pair. */
export function exchange(...pairs: readonly (readonly [string, string])[]): Permutation {
  return new Map(
    pairs.flatMap(([a, b]) => [
      [a, b],
      [b, a],
    ]),
  );
}

/** The image of a name. */
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
