/**
 * What a run shows and what pmucheck predicts, in the same four letters.
 */
import type { Counts, Run } from "./results.js";
import { windowOf, type Window } from "./window.js";

/**
 * L: an overflow is lost. F: a report without an overflow, or for one that is no longer wanted. K: a sample with the
 * kernel's registers though the event excludes the kernel. W: a sample charged to another task.
 */
export type Flaw = "L" | "F" | "K" | "W";

/** The properties that a flaw violates. */
export const PROPERTIES: Readonly<Record<Flaw, readonly string[]>> = {
  L: ["no-loss"],
  F: ["no-duplicate", "no-stale-report"],
  K: ["no-kernel-sample"],
  W: ["right-task"],
};

export const FLAWS: readonly Flaw[] = ["L", "F", "K", "W"];

/** Where the count begins afresh, periods of the total are not the overflows there were. */
const AFRESH = ["period-change", "rr-rearm"];

export interface Measured {
  readonly flaws: readonly Flaw[];
  /** Whole periods of the count; where that begins afresh this says nothing. */
  readonly overflows: number;
  readonly samples: number;
  /** Completed periods that were found at a stop, or by a read, and never reported; undefined where this cannot be told. */
  readonly lost: number | undefined;
  /** Overflows that became one before any interrupt; undefined likewise. */
  readonly merged: number | undefined;
  readonly falseReports: number;
  readonly wrongTask: number;
  readonly kernelIp: number;
  /** Where these were. */
  readonly kernelSamples: Counts["kernelSamples"];
  /** Completed periods that were found at a stop. */
  readonly noticed: number;
  /** Runs of the handler that interrupted armpmu_event_update and reported nothing: late by that, or lost. */
  readonly late: number;
  /** Where they were; undefined if there were none. */
  readonly window: Window | undefined;
}

export function measured({ scenario, tasks, counts }: Run): Measured {
  const sum = (of: "wrongTask" | "kernelIp" | "overflows" | "samples") =>
    tasks.reduce((total, one) => total + one[of], 0);
  const afresh = AFRESH.includes(scenario);
  const excess = sum("samples") - sum("overflows");
  const missing = Math.max(0, -excess);
  const found = counts.noticed + counts.silentInUpdate;
  const unreported = Math.max(0, found - counts.reported - counts.restored);
  const lost = afresh ? undefined : Math.min(unreported, missing);
  const amounts: Readonly<Record<Flaw, number>> = {
    L: lost ?? 0,
    F: Math.max(counts.early, afresh ? 0 : excess),
    K: counts.excludesKernel ? sum("kernelIp") : 0,
    W: sum("wrongTask"),
  };
  return {
    flaws: FLAWS.filter((flaw) => amounts[flaw] > 0),
    overflows: sum("overflows"),
    samples: sum("samples"),
    lost,
    merged: lost === undefined ? undefined : missing - lost,
    falseReports: amounts.F,
    wrongTask: amounts.W,
    kernelIp: amounts.K,
    kernelSamples: counts.excludesKernel ? counts.kernelSamples : [],
    noticed: counts.noticed,
    late: counts.silentInUpdate,
    window: windowOf(counts),
  };
}
