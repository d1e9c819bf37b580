/**
 * Audits: how much of a search is done again by asking the system (src/engine/audit), and how much was.
 */

/** A sample of the states; or all of them, by a search of its own; or none, to measure what an audit costs. */
export type AuditMode = "sample" | "full" | "off";

/** What an audit came to: everything that it looked at was as the search has it. */
export interface AuditReport extends Audited {
  readonly mode: AuditMode;
}

export interface Audited {
  /** States that were expanded again. */
  readonly states: number;
  /** Of those states. */
  readonly transitions: number;
}
