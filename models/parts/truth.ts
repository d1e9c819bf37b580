/**
 * Ground truth: what really happened to an event, whatever the driver believes. Hardware alone moves it.
 *
 * An overflow is one completed sample period of counted occurrences. A wrap of a counter is not one: a driver that writes a
 * counter too late, or to a wrong value, makes the two differ.
 */
import type { Draft } from "immer";

import { perName, type View } from "../../src/spec/component.js";

export interface Truth {
  /** The event's sample period, in counted occurrences. */
  readonly period: number;
  /** Counted since the last crossing, below the period. */
  readonly progress: number;
  /**
   * A crossing is waiting for its report. One bit is exact: the crossing that comes while it is set breaks no-loss, and
   * what it overtook is written off there and then, so that a loss cannot hide a later duplicate.
   */
  readonly due: boolean;
}

/** The component of an event: `truth.A`. */
export const truthOf = perName<Truth>("truth");

/** What an event begins with. */
export function resetTruthOf(period: number): Truth {
  return { period, progress: 0, due: false };
}

/** One occurrence more. Is a period completed by it? */
export function advance(of: Draft<Truth>): boolean {
  const crossing = of.progress + 1 === of.period;
  of.progress = crossing ? 0 : of.progress + 1;
  if (crossing) of.due = true;
  return crossing;
}

/** What properties see of an occurrence. */
export interface Occurrence {
  readonly event: string;
  /** The truth before it. */
  readonly before: Truth;
  /** How many may be counted between a crossing and its report if nothing goes wrong. */
  readonly latest: number;
  /** The event's task was moved to another CPU since the crossing that is due. */
  readonly moved: boolean;
}

/** Tells properties of an occurrence, and of the crossing that it completes; words for the trace. */
export function observeOccurrence(view: View, { event, before, latest, moved }: Occurrence): string {
  const { progress, due, period } = before;
  view.observe({ kind: "counted", event, late: due && progress + 1 > latest });
  if (progress + 1 === period) view.observe({ kind: "crossing", event, overtakes: due, moved: due && moved });
  return `${event} counts ${progress + 1} of ${period}`;
}
