/**
 * `--quick`: what is left out, so that a matrix takes seconds.
 */

/** The scenarios of more than 100,000 states under some driver of docs/reference/scenarios.md. */
export const LARGE_SCENARIOS: readonly string[] = [
  "ping-pong",
  "hotplug",
  "late-writes",
  "innocent",
  "rr-rearm",
  "next-task",
  "chained-reuse",
  "multiplex",
  "read-own",
  "rr-read",
];

/** A fix can make a small scenario large. */
export const QUICK_MAX_STATES = 1_000_000;
