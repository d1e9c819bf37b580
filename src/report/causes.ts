/**
 * Causes: which of many traces tell the same story, so that each story is told once, by its shortest trace.
 *
 * Two traces have the same cause if they break the same rule, in the same kernel function, after an overflow flag was last
 * cleared in the same one:
 *
 *   rule      the rule that the last step breaks; properties share rules (exactly-once is no-loss and no-duplicate)
 *   within    the innermost kernel function of the last step; the process, without its number, where hardware or the world
 *             outside breaks the rule ("pmu": the event was counted); "for ever" for a loop
 *   cleared   the function in which PMOVS fell last before that, null if it never did
 *
 * Limits: it is about where, not why. Two stories can end alike and are then merged; the shorter is told.
 */
import type { CheckDocument, TraceDocument } from "../trace/document.js";
import { spansOf, type SpanEvent } from "./formats/spans.js";

export interface Cause {
  readonly rule: string;
  readonly within: string;
  readonly cleared: string | null;
}

/** The checks that one cause breaks, and the shortest of their traces. */
export interface Story {
  readonly cause: Cause;
  readonly checks: readonly CheckDocument[];
  readonly trace: TraceDocument;
}

export function causeOf(trace: TraceDocument): Cause {
  const { rule, steps, loop } = trace;
  const spans = spansOf(trace).steps;
  const last = steps.at(-1);
  const cleared = steps.findLastIndex(({ changes }, at) => at < steps.length - 1 && changes.some(isCleared));
  const process = last?.process.replace(/\d+$/, "") ?? "nothing";
  return {
    rule,
    within: loop === null ? (functionOf(spans.at(-1)) ?? process) : "for ever",
    cleared: cleared < 0 ? null : (functionOf(spans[cleared]) ?? "hardware"),
  };
}

function isCleared({ signal, to }: TraceDocument["steps"][number]["changes"][number]): boolean {
  return signal === "PMOVS" && Number(to) === 0;
}

function functionOf(events: readonly SpanEvent[] = []): string | undefined {
  const within = events.flatMap((event) => (event.kind === "access" ? [event.within] : [])).at(-1);
  return within ?? undefined;
}

/** The violated ones among the checks, by cause; the cause of most checks first. */
export function storiesOf(checks: readonly CheckDocument[]): readonly Story[] {
  const stories = new Map<string, Story>();
  for (const check of checks) {
    const { trace } = check;
    if (trace === undefined) continue;
    const cause = causeOf(trace);
    const key = JSON.stringify(cause);
    const known = stories.get(key);
    const shorter = known === undefined || trace.steps.length < known.trace.steps.length;
    stories.set(key, {
      cause,
      checks: [...(known?.checks ?? []), check],
      trace: shorter ? trace : known.trace,
    });
  }
  return [...stories.values()].toSorted((a, b) => b.checks.length - a.checks.length);
}

/** `no-loss: at "pmu", after the flag was cleared in armv8pmu_disable_intens` */
export function causeText({ rule, within, cleared }: Cause): string {
  const where = within === "for ever" ? "for ever" : `broken in ${within}`;
  const flag =
    cleared === null ? "no overflow flag was cleared before" : `overflow flag last cleared in ${cleared}`;
  return `${rule}: ${where}, ${flag}`;
}
