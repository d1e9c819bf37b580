/**
 * The story of a trace: the few steps that a reader needs to know what went wrong, out of hundreds.
 *
 * Each step has a rank by what happens in it; the steps of the best ranks are told, as many as there is room for. Nothing
 * is made up: a line says what the trace says of its step, and what an explanation knows of it.
 */
import type { TraceDocument, TraceLandmarks, TraceStep } from "../../trace/document.js";
import { costOf } from "../../trace/cost.js";
import { spansOf, type SpanEvent } from "../formats/spans.js";
import { FunctionFiles } from "../trace/files.js";
import { marksOf } from "../trace/marks.js";
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
  /** The C file of the function, and the line of the access where it is known. */
  readonly file: string | undefined;
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
  const files = new FunctionFiles(trace);
  const told = trace.steps.map((step, at) => {
    const events = spans[at] ?? [];
    const lines = truth.take(step);
    const described = {
      ...describe(step, at + 1, events, files),
      truth: lines,
      marks: [
        ...droppedIn(events, files),
        ...marksOf(trace, landmarks, at + 1),
        ...(at === trace.loop ? ["from here on it can repeat for ever"] : []),
      ],
    };
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
  files: FunctionFiles,
): Omit<StoryStep, "truth" | "marks"> {
  const seen = events.flatMap((event) =>
    event.kind === "hardware" || (event.kind === "access" && !event.local) ? [event] : [],
  );
  const [first] = seen;
  const within = first?.kind === "access" ? first.within : null;
  const changed = step.changes.flatMap(({ headline, signal, from, to }) =>
    headline ? [`${signal} ${from} -> ${to}`] : [],
  );
  const level = step.level === "irq" || step.level === "nmi" ? ` ${step.level}` : "";
  return {
    step: number,
    place: step.cpu === null ? "" : `CPU${step.cpu}${level}`,
    text: seen.length === 0 ? step.choice : seen.map(({ text }) => text).join(", "),
    within,
    file: within === null ? undefined : files.ofStep(step, within),
    changes: changed,
  };
}

function droppedIn(events: readonly SpanEvent[], files: FunctionFiles): string[] {
  return events.flatMap((event) => {
    if (event.kind !== "close" || !event.ignored) return [];
    const file = files.of(event.function);
    const name = `${event.function}()${file === undefined ? "" : ` in ${file}`}`;
    return [`${name} returns ${event.value}: ignored`];
  });
}
