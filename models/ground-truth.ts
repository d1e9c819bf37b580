/**
 * Ground truth: what really happened to an event, whatever the kernel believes.
 *
 * Source: the mail "armv8pmu: Pending overflow interrupt is discarded when perf event is disabled" (20 Nov 2023)
 * and its answers: an overflow is one completed sample period of counted events.
 *
 * It is moved by the hardware's counting, so a driver cannot lie to it; the kernel's half of the two differences
 * is moved where the kernel moves its own numbers (a call of perf_event_overflow, an addition to event->count).
 * A wrap of a hardware counter is not a crossing: the half-period clamp of armpmu_event_set_period makes the two
 * differ.
 *
 * Numbers that only grow are kept as differences, so that runs of any length have finitely many states.
 */
import { perName, type ReadView, type View } from "../src/spec/component.js";
import { operation } from "../src/spec/kernel-function.js";
import { showValue } from "../src/spec/value.js";
import { period } from "./parameters.js";

export interface GroundTruth {
  /** Counted events since the last crossing, below the sample period. */
  readonly progress: number;
  /**
   * A crossing is waiting for its report. One bit is exact: the crossing that comes while it is set breaks
   * no-loss, and what it overtook is written off there and then, so that a loss cannot hide a later duplicate.
   */
  readonly due: boolean;
  /** Counted events minus event->count. */
  readonly behind: bigint;
}

export const truth = perName<GroundTruth>("truth");

export const resetTruth: GroundTruth = { progress: 0, due: false, behind: 0n };

/** The hardware counted one occurrence for the event; returns words for the trace. */
export function count(view: View, event: string): string {
  const { progress, due } = view.read(truth(event));
  const needed = view.parameter(period);
  const crossing = progress + 1 === needed;
  view.update(truth(event), (of) => {
    of.behind += 1n;
    of.progress = crossing ? 0 : progress + 1;
    if (crossing) of.due = true;
  });
  view.observe({ kind: "counted", event });
  if (crossing) view.observe({ kind: "crossing", event, overtakes: due });
  return `${event} counts ${progress + 1} of ${needed}`;
}

/** A report: perf_event_overflow was called for the event. */
export const report = operation<[string], void>({
  name: "report",
  perform: (view, _cpu, [event]) => {
    view.observe({ kind: "report", event, unmatched: !view.read(truth(event)).due });
    view.update(truth(event), (of) => {
      of.due = false;
    });
  },
  show: ([event]) => `overflow of ${event} reported`,
});

/** `local64_add(delta, &event->count)`: event->count itself only grows, so its lag behind the truth is kept. */
export const addToCount = operation<[bigint, string], void>({
  name: "addToCount",
  perform: (view, _cpu, [delta, event]) => {
    view.update(truth(event), (of) => {
      of.behind -= delta;
    });
  },
  show: ([delta, event]) => `${event}->count += ${showValue(delta)}`,
});

/** Is a crossing of one of these events waiting for its report? */
export function anyDue(view: ReadView, events: readonly string[]): boolean {
  return events.some((event) => view.read(truth(event)).due);
}
