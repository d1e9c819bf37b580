/**
 * Excuses: violations that the driver without a fix has too, and that no fix of its disable path is asked to close.
 */

/** Without a scenario (or property) it is about all of them. */
export interface Excuse {
  readonly scenario?: string;
  readonly properties: readonly string[];
  /** Why: one sentence, printed wherever it is used. */
  readonly reason: string;
}
