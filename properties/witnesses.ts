/**
 * Witnesses: what must have happened in some execution before "holds" means anything.
 *
 * Source: the mail of 30 Nov 2023 that retracts a test which had passed only because nothing was counted.
 */
import type { Witness } from "../src/spec/property.js";

export const witnesses: readonly Witness[] = [
  {
    name: "overflow",
    sentence: "a sample period was completed",
    reachedBy: ({ kind }) => kind === "crossing",
  },
  {
    name: "report",
    sentence: "perf_event_overflow was called",
    reachedBy: ({ kind }) => kind === "report",
  },
  {
    name: "context-switch",
    sentence: "a CPU switched tasks",
    reachedBy: ({ kind }) => kind === "switch",
  },
  {
    name: "migration",
    sentence: "a task was moved to another CPU",
    reachedBy: ({ kind }) => kind === "migration",
  },
  {
    name: "pending-at-sched-out",
    sentence: "a task was switched out while an overflow of its event was unreported",
    reachedBy: (observation) => observation.kind === "switch" && observation.pending,
  },
];
