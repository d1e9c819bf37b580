/**
 * Why mutants survive: the reasons that docs/mutants.md prints, written by hand, one for each group of survivors.
 *
 * A survivor without a reason is unexplained, and `pmucheck mutate` says so by its exit status.
 */

/** What a survivor says about the properties. */
export type ReasonKind =
  /** No execution of the modelled machine differs in anything that a property could be about. */
  | "equivalent"
  /** It makes a difference on real machines that the models leave out. */
  | "not-modelled"
  /** The difference exists in the model, and no property asks for it. */
  | "hole"
  /** The mistake would be noticed, but not in the scenarios that were run. */
  | "out-of-reach";

export interface Reason {
  /** The names of mutants; a name may end with `*`. */
  readonly mutants: readonly string[];
  readonly kind: ReasonKind;
  readonly why: string;
}

export const reasons: readonly Reason[] = [];

/** The reason for a mutant's survival, if somebody gave one. */
export function reasonFor(name: string, among: readonly Reason[]): Reason | undefined {
  return among.find(({ mutants }) =>
    mutants.some((mutant) => (mutant.endsWith("*") ? name.startsWith(mutant.slice(0, -1)) : name === mutant)),
  );
}
