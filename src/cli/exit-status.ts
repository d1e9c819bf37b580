/**
 * Exit statuses, made so that `git bisect run pmucheck check ...` needs no flag: 0 is good, 1 to 127 bad, 125 skip,
 * above 127 stops the bisection. 1 and 2 are never used, so that a crash cannot pass for a verdict.
 */
import type { CheckDocument } from "../trace/document.js";
import { NEVER_STUCK } from "../verify/check.js";

export const EXIT = {
  holds: 0,
  /** A model is faulty: a kernel function that is not deterministic, a call of something unmodelled. */
  error: 10,
  stuck: 11,
  violated: 12,
  /** A witness was not reached, or a replayed path breaks nothing. */
  vacuous: 14,
  inconclusive: 125,
  internal: 128,
  usage: 129,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Which status wins when several checks were made, first to last. */
const ORDER: readonly ExitStatus[] = [
  EXIT.error,
  EXIT.violated,
  EXIT.stuck,
  EXIT.vacuous,
  EXIT.inconclusive,
  EXIT.holds,
];

export function exitStatusOf(check: CheckDocument): ExitStatus {
  if (check.verdict === "violated" && check.trace?.rule === NEVER_STUCK) return EXIT.stuck;
  return EXIT[check.verdict];
}

export function worstOf(statuses: readonly ExitStatus[]): ExitStatus {
  return ORDER.find((status) => statuses.includes(status)) ?? EXIT.internal;
}
