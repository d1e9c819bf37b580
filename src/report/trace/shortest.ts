/**
 * By what a trace is shortest, in words.
 */
import type { CheckDocument, ShortestDocument, TraceCost } from "../../trace/document.js";
import { hanging } from "../wrap.js";

/** `Shortest by cost: 2 interrupts, 1 migration`; nothing if the trace was not found by exploring. */
export function shortestText({ trace, shortest }: CheckDocument, width: number): string[] {
  if (trace?.cost === undefined || shortest === undefined) return [];
  return hanging("Shortest ", `by ${measured(trace.loop, shortest)}: ${costText(trace.cost)}`, width);
}

/** The same as a sentence: what the violation takes, and whether anything takes less. */
export function shortestSentence({ trace, shortest }: CheckDocument): string | undefined {
  if (trace?.cost === undefined) return undefined;
  const takes = `It takes ${costText(trace.cost)}, in ${trace.steps.length} steps`;
  if (shortest === undefined) return `${takes}.`;
  const { by, reason } = shortest;
  if (trace.loop !== null) return `${takes}; the way to the loop is the shortest.`;
  const least = by === "cost" ? "no violation takes fewer of these" : "no violation takes fewer steps";
  return `${takes}; ${least}${reason === null ? "" : ` (not the fewest interrupts and switches: ${reason})`}.`;
}

/** `2 interrupts, 1 migration` */
export function costText({ interrupts, switches, migrations }: TraceCost): string {
  const counts = [
    ...counted(interrupts, "interrupt", "interrupts"),
    ...counted(switches, "context switch", "context switches"),
    ...counted(migrations, "migration", "migrations"),
  ];
  return counts.join(", ") || "no interrupt, context switch or migration";
}

function measured(loop: number | null, { by, reason }: ShortestDocument): string {
  if (loop !== null) return `${by}, up to its loop`;
  return reason === null ? by : `${by}, not by cost (${reason})`;
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
