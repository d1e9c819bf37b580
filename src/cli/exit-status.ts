/**
 * Exit statuses, made so that `git bisect run pmucheck check ...` needs no flag: 0 is good, 1 to 127 bad, 125 skip,
 * above 127 stops the bisection. 1 and 2 are never used, so that a crash cannot pass for a verdict.
 */
import type { CheckDocument, TraceDocument } from "../trace/document.js";
import { NEVER_STUCK } from "../check/target.js";
import { cannotBeRun, isFault, type PmucheckError } from "../spec/errors.js";

export const EXIT = {
  holds: 0,
  /** A model or a property is faulty: a kernel function that is not deterministic, a process that throws. */
  error: 10,
  stuck: 11,
  violated: 12,
  /** A liveness property is violated: the trace ends in a loop. */
  violatedForEver: 13,
  /** A witness was not reached, or a replayed path breaks nothing. */
  vacuous: 14,
  /** The verdicts differ from those of --expect, in whichever direction. */
  unexpected: 15,
  /** Also C that cannot be run here. */
  inconclusive: 125,
  internal: 128,
  usage: 129,
  /** By SIGINT and by SIGTERM, as a shell would say it. */
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** For --help and manual pages; docs/use/exit-status.md says more. */
export const STATUS_MEANINGS: readonly (readonly [status: string, meaning: string])[] = [
  ["0", "holds"],
  ["10", "faulty model"],
  ["11", "stuck"],
  ["12", "violated"],
  ["13", "violated for ever"],
  ["14", "vacuous"],
  ["15", "not as expected"],
  ["125", "inconclusive"],
  ["128", "internal error"],
  ["129", "usage"],
  ["130, 143", "interrupted"],
];

/** Which status wins when several checks were made, first to last. */
const ORDER: readonly ExitStatus[] = [
  EXIT.error,
  EXIT.violated,
  EXIT.violatedForEver,
  EXIT.stuck,
  EXIT.vacuous,
  EXIT.inconclusive,
  EXIT.holds,
];

export function exitStatusOf(check: CheckDocument): ExitStatus {
  const { trace, verdict, reason } = check;
  if (trace !== undefined) return exitStatusOfTrace(trace);
  // A commit that cannot be looked at is skipped in a bisection.
  return verdict === "error" && cannotBeRun(reason?.split(":")[0] ?? "") ? EXIT.inconclusive : EXIT[verdict];
}

/** The status of a trace that breaks its property. */
export function exitStatusOfTrace({ rule, loop }: TraceDocument): ExitStatus {
  if (rule === NEVER_STUCK) return EXIT.stuck;
  return loop === null ? EXIT.violated : EXIT.violatedForEver;
}

/** The status of an error that is no verdict: what the user asked, or a fault of a model. */
export function exitStatusOfError(error: PmucheckError): ExitStatus {
  if (cannotBeRun(error.code)) return EXIT.inconclusive;
  return isFault(error) ? EXIT.error : EXIT.usage;
}

export function worstOf(statuses: readonly ExitStatus[]): ExitStatus {
  return ORDER.find((status) => statuses.includes(status)) ?? EXIT.internal;
}
