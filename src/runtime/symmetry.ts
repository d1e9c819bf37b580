/**
 * The symmetry of a system: exchanges of names, as exchanges of components, of processes and of values.
 */
import { blaming } from "../spec/blame.js";
import { PmucheckError } from "../spec/errors.js";
import { showPermutation, type Permutation, type Symmetry } from "../spec/symmetry.js";
import type { SystemSymmetry } from "../spec/system.js";
import { frozen } from "../spec/value.js";

/**
 * @param components the names of the system's components
 * @param processes the names of its processes
 * Throws PMC206, when a renaming is asked for, if it leads to a component or a process that the system does not have.
 */
export function symmetryOf(
  { generators, name, value }: SystemSymmetry,
  components: readonly string[],
  processes: readonly string[],
): Symmetry {
  /** Where each of the names is after the exchange. */
  const placesOf = (names: readonly string[], permutation: Permutation): number[] =>
    names.map((one) => {
      const by = showPermutation(permutation);
      const other = blaming(
        "PMC206",
        () => `name() of ${one} by ${by}`,
        () => name(one, permutation),
      );
      const place = names.indexOf(other);
      if (place >= 0) return place;
      const exchanged = `${one} becomes ${other} by ${by}`;
      throw new PmucheckError("PMC206", `${exchanged}, which the system does not have`);
    });
  return {
    generators,
    renaming: (permutation) => ({
      permutation,
      components: placesOf(components, permutation),
      processes: placesOf(processes, permutation),
      value: (component, of) => {
        const own = components[component] ?? "";
        const whose = (): string => `value() of ${own} by ${showPermutation(permutation)}`;
        return blaming("PMC206", whose, () => frozen(value(own, of, permutation)));
      },
    }),
  };
}
