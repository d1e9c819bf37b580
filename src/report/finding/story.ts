/**
 * The story of a trace: the few steps that a reader needs to know what went wrong, out of hundreds.
 *
 * Each step has a rank by what happens in it; the steps of the best ranks are told, as many as there is room for. Nothing
 * is made up: a line says what the trace says of its step, and what an explanation knows of it.
 */
import type { TraceDocument, TraceLandmarks, TraceStep } from "../../trace/document.js";
import { costOf } from "../../trace/cost.js";
import { spansOf, type SpanEvent } from "../formats/spans.js";
import { Truth, type TruthLine } from "../trace/truth.js";

/** A step that is told. */
export interface StoryStep {
  /** 1 for the first. */
  readonly step: number;
  /** `CPU0`, `CPU0 irq`; empty for what happens on no CPU. */
  readonly place: string;
  /** What happens, and the kernel function it happens in. */
  readonly text: string;
  readonly within: string | null;
  /** What it changes in the hardware. */
  readonly changes: readonly string[];
  /** What it does to the truth about events. */
  readonly truth: readonly TruthLine[];
  /** Why the step matters: a value that its caller drops, a landmark. */
  readonly marks: readonly string[];
}

/** Best first: what a story cannot do without has the lowest number. */
const RANK = { end: 0, landmark: 1, report: 2, ignored: 2, followed: 3, decided: 4, hardware: 5, rest: 9 };
/** Steps before the trouble began tell less. */
const EARLIER = 4;
const UNTOLD = 9;

/** At most `most` steps in order, the last one of the trace among them. */
export function storyOf(
  trace: TraceDocument,
  landmarks: TraceLandmarks | undefined,
  most: number,
): StoryStep[] {
  const spans = spansOf(trace).steps;
  const truth = new Truth();
  const told = trace.steps.map((step, at) => {
    const events = spans[at] ?? [];
    const lines = truth.take(step);
    const described = describe(step, at + 1, events, lines, marksOf(trace, landmarks, at + 1));
    return { described, rank: rankOf(trace, landmarks, step, at + 1, events) };
  });
  return told
    .toSorted((a, b) => a.rank - b.rank || b.described.step - a.described.step)
    .filter(({ rank }) => rank < UNTOLD)
    .slice(0, most)
    .map(({ described }) => described)
    .toSorted((a, b) => a.step - b.step);
}

function rankOf(
  { steps, loop }: TraceDocument,
  landmarks: TraceLandmarks | undefined,
  step: TraceStep,
  number: number,
  events: readonly SpanEvent[],
): number {
  const { origin = null, erased = null, noReturn = null } = landmarks ?? {};
  if (number === steps.length || number === origin) return RANK.end;
  if (number === erased?.step || number === noReturn?.step || number - 1 === loop) return RANK.landmark;
  const rank = rankOfEvents(step, events);
  return number < (origin ?? 0) ? rank + EARLIER : rank;
}

function rankOfEvents({ observations, process, choice, changes }: TraceStep, events: readonly SpanEvent[]) {
  const kinds = observations.map(({ kind }) => kind);
  if (kinds.some((kind) => kind !== "counted" && kind !== "interrupt" && kind !== "switch")) {
    if (kinds.includes("leaving")) return RANK.hardware;
    return kinds.includes("migration") || kinds.includes("timer") ? RANK.followed : RANK.report;
  }
  if (events.some((event) => event.kind === "close" && event.ignored)) return RANK.ignored;
  if (observations.some((of) => costOf(of) > 0)) return RANK.followed;
  if (kinds.length === 0 && choice !== "" && !/^((pmu|cpu|line)\d*|line\..*)$/.test(process))
    return RANK.decided;
  return changes.some(({ headline }) => headline) ? RANK.hardware : RANK.rest;
}

function describe(
  step: TraceStep,
  number: number,
  events: readonly SpanEvent[],
  truth: readonly TruthLine[],
  marks: readonly string[],
): StoryStep {
  const seen = events.flatMap((event) =>
    event.kind === "hardware" || (event.kind === "access" && !event.local) ? [event] : [],
  );
  const [first] = seen;
  const dropped = events.flatMap((event) =>
    event.kind === "close" && event.ignored
      ? [`${event.function}() returns ${event.value}, and its caller ignores it`]
      : [],
  );
  const changed = step.changes.flatMap(({ headline, signal, from, to }) =>
    headline ? [`${signal} ${from} -> ${to}`] : [],
  );
  const level = step.level === "irq" || step.level === "nmi" ? ` ${step.level}` : "";
  return {
    step: number,
    place: step.cpu === null ? "" : `CPU${step.cpu}${level}`,
    text: seen.length === 0 ? step.choice : seen.map(({ text }) => text).join(", "),
    within: first?.kind === "access" ? first.within : null,
    changes: changed,
    truth,
    marks: [...dropped, ...marks],
  };
}

const AFTERWARDS = {
  next: (crossing: string) => `the next ${crossing} breaks the rule, whatever happens before it`,
  ever: () => "every way on breaks the rule",
} as const;

function marksOf(trace: TraceDocument, landmarks: TraceLandmarks | undefined, step: number): string[] {
  const { erased = null, noReturn = null } = landmarks ?? {};
  const what = breakingOf(trace);
  return [
    ...(noReturn?.step === step ? [`point of no return: ${AFTERWARDS[noReturn.avoidedBy](what)}`] : []),
    ...(step === erased?.step ? [`${erased.signal} is as before: the evidence of the ${what} is gone`] : []),
    ...(step - 1 === trace.loop ? ["from here on it can repeat for ever"] : []),
  ];
}

/** What the last step observed that broke the rule: `crossing of A`. */
function breakingOf({ steps }: TraceDocument): string {
  const told = steps.at(-1)?.observations ?? [];
  const by = told.find(({ kind }) => kind !== "counted");
  if (by === undefined) return "step like the last";
  return "event" in by ? `${by.kind} of ${by.event}` : by.kind;
}
