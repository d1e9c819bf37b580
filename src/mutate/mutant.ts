/**
 * Mutants: systems with one deliberate mistake.
 */
import type { System } from "../spec/system.js";

export type MutantKind = "drop" | "repeat" | "swap";

export interface Mutant {
  /** Names it in reports and in the reasons for survivors. */
  readonly name: string;
  readonly kind: MutantKind;
  /** In the driver's functions, or in the rules of the hardware. */
  readonly of: "driver" | "hardware";
  /** The function, the operation or the process that it is in. */
  readonly place: string;
  /** What goes wrong, with an example. */
  readonly text: string;
  /** The cells in which its place is reached: in all others it is the system itself. */
  readonly cells: ReadonlySet<string>;
  readonly apply: (system: System) => System;
}
