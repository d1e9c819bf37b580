/**
 * Ground truth: which report belongs to which crossing, and which of them belongs to nothing.
 */
import type { TraceStep } from "../../trace/document.js";

/** Steps are numbered from 1. */
export interface TruthPair {
  readonly event: string;
  /** The step of the crossing; null for a report of nothing. */
  readonly crossing: number | null;
  /** The step of the report; null for a crossing that was not reported. */
  readonly report: number | null;
  /** `lost`: the event crossed again before; `false`: a report of nothing; `waiting`: the trace ends before. */
  readonly fate: "reported" | "lost" | "false" | "waiting";
}

export function pairsOf(steps: readonly TraceStep[]): TruthPair[] {
  const pairs: TruthPair[] = [];
  const waiting = new Map<string, number>();
  const settle = (event: string, report: number | null, fate: TruthPair["fate"]) => {
    const crossing = waiting.get(event) ?? null;
    waiting.delete(event);
    pairs.push({ event, crossing, report, fate });
  };
  steps.forEach(({ observations }, i) => {
    for (const seen of observations) {
      if (seen.kind === "crossing") {
        if (waiting.has(seen.event)) settle(seen.event, null, "lost");
        waiting.set(seen.event, i + 1);
      }
      if (seen.kind === "report") {
        if (seen.unmatched) pairs.push({ event: seen.event, crossing: null, report: i + 1, fate: "false" });
        else settle(seen.event, i + 1, "reported");
      }
      if (seen.kind === "unreported" && waiting.has(seen.event)) settle(seen.event, null, "lost");
    }
  });
  for (const event of waiting.keys()) settle(event, null, "waiting");
  return pairs.sort((a, b) => (a.crossing ?? a.report ?? 0) - (b.crossing ?? b.report ?? 0));
}
