/**
 * Mutants: systems with one deliberate mistake (mutation testing).
 */
import type { System } from "../spec/system.js";

export type MutantKind = "drop" | "repeat" | "swap";

export interface Mutant {
  /** The name in reports and in reasons.ts. */
  readonly name: string;
  readonly kind: MutantKind;
  /** Is the mistake in a function of the driver, or in a rule of the hardware? */
  readonly of: "driver" | "hardware";
  /** The function, the operation or the process with the mistake. */
  readonly place: string;
  /** The mistake in words, with an example. */
  readonly text: string;
  /** The cells that reach the place. In all others the mutant is equal to the unchanged system. */
  readonly cells: ReadonlySet<string>;
  /** Makes the mutant from a system. */
  readonly apply: (system: System) => System;
}
