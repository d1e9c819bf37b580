/**
 * Traces for the tests of formats: one that is kept as a document, so that what a format looks like does not change with
 * the models, and some that the models make now.
 */
import { readFileSync } from "node:fs";

import type { CheckDocument, TraceDocument } from "../../../src/trace/document.js";
import { readTraceDocument } from "../../../src/trace/read.js";
import { checked, type Asked } from "./checks.js";

/** The hash changes with every word of a model; a golden text must not. */
export function withoutHash(text: string): string {
  return text.replace(/(Hash=|--hash )[0-9a-f]{12}/g, "$1HASH");
}

const KEPT = "test/report/formats/golden/one-cpu-irq.trace.json";

/** The mail's loss on one CPU, as a pmucheck of November 2026 wrote it down. */
export const keptTrace: TraceDocument = readTraceDocument(readFileSync(KEPT, "utf8"), KEPT);

export function traceOf(asked: Asked): TraceDocument {
  const { trace } = checked(asked);
  if (trace === undefined) throw new Error(`${JSON.stringify(asked)} is not violated`);
  return trace;
}

/** Two CPUs with migration, by NMI and by IRQ, and a loop. */
export const madeTraces: readonly (readonly [string, TraceDocument])[] = (
  [
    { scenario: "ping-pong", set: { irq: "nmi" } },
    { scenario: "ping-pong" },
    { scenario: "disable-enable", property: "eventually-delivered" },
  ] as const
).map((asked: Asked) => [titleOf(asked), traceOf(asked)]);

export const allTraces: readonly (readonly [string, TraceDocument])[] = [["kept", keptTrace], ...madeTraces];

/** The trace without its end, as one that breaks nothing. */
export function unbroken(trace: TraceDocument, steps: number): TraceDocument {
  return { ...trace, rule: "none", loop: null, epilogue: null, steps: trace.steps.slice(0, steps) };
}

function titleOf({ scenario, set, property }: Asked): string {
  return [scenario, set?.["irq"] ?? "irq", property ?? "exactly-once"].join(" ");
}

/** A verdict around the kept trace. */
export const keptCheck: CheckDocument = {
  scenario: keptTrace.scenario,
  driver: keptTrace.driver,
  property: keptTrace.property,
  config: keptTrace.config,
  sentence: "Every crossing of a sample period yields exactly one perf_event_overflow.",
  reference: "mail of 20 Nov 2023",
  assumptions: [{ name: "period", value: 4, meaning: "how many events make a sample period" }],
  verdict: "violated",
  reason: null,
  complete: false,
  states: 6013,
  transitions: 9100,
  depth: keptTrace.steps.length,
  seconds: 0.25,
  peakRssBytes: 1e8,
  bytesPerState: 60,
  witnesses: { overflow: true, report: true },
  neverMoved: [],
  deviations: [],
  notModelled: ["softirqs and preemption inside the kernel"],
  hash: keptTrace.hash,
  trace: keptTrace,
};
