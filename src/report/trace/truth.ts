/**
 * The truth about events along a trace: how many overflows were due and how many were reported, step by step.
 */
import type { TraceStep } from "../../trace/document.js";

/** What a step did to the truth about an event. */
export interface TruthLine {
  readonly event: string;
  /** Overflows that were due so far, and reports. */
  readonly crossings: number;
  readonly reports: number;
  /** The step is one that should not be: a crossing that overtakes another, a report of nothing. */
  readonly wrong: boolean;
  readonly text: string;
}

/** Counts along a trace; the steps must be given in order. */
export class Truth {
  readonly #tallies = new Map<string, { readonly crossings: number; readonly reports: number }>();

  /** Overflows due and reported so far. */
  tallyOf(event: string): { readonly crossings: number; readonly reports: number } {
    return this.#tallies.get(event) ?? { crossings: 0, reports: 0 };
  }

  take({ observations }: TraceStep): TruthLine[] {
    return observations.flatMap((observation) => {
      if (observation.kind !== "crossing" && observation.kind !== "report") return [];
      const { event } = observation;
      const isCrossing = observation.kind === "crossing";
      const before = this.tallyOf(event);
      const crossings = before.crossings + (isCrossing ? 1 : 0);
      const reports = before.reports + (isCrossing ? 0 : 1);
      this.#tallies.set(event, { crossings, reports });
      const wrong = isCrossing ? observation.overtakes : observation.unmatched;
      const text = isCrossing
        ? `overflow ${crossings} is due, ${reports} reported`
        : `overflow reported, ${crossings} due so far, ${reports} reported`;
      return [{ event, crossings, reports, wrong, text: `${event}: ${text}` }];
    });
  }
}
