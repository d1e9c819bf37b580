/**
 * What the program says of itself, as data.
 */
import type { DescribedCommand } from "./described.js";

export interface Program {
  readonly version: string;
  /** What the program is, in a sentence. */
  readonly sentence: string;
  /** Commands to begin with, and what each does. */
  readonly beginnings: readonly (readonly [command: string, what: string])[];
  /** Statuses and what they mean. */
  readonly statuses: readonly (readonly [status: string, meaning: string])[];
  /** Names of commands by what they are for. */
  readonly groups: readonly { readonly title: string; readonly names: readonly string[] }[];
  readonly commands: readonly DescribedCommand[];
}
