/**
 * Where to look for the fault of a trace: the step, and the line that it comes from.
 */
import { decisiveStep } from "../../trace/evidence.js";
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { spansOf, type SpanEvent } from "./spans.js";

/** A path relative to pmucheck's folder, or to the kernel tree, and a line (1 is the first). */
export interface SourceLine {
  readonly uri: string;
  readonly line: number;
}

/** Where a driver's kernel function is; undefined if that is not known. */
export type SourceOf = (name: string, driver: string) => SourceLine | undefined;

export interface Place {
  /** 1 for the first. */
  readonly step: number;
  /** What the step does, and the kernel function that does it. */
  readonly text: string;
  readonly within: string | null;
  readonly source: SourceLine | undefined;
}

/**
 * The last step of kernel code up to the one that decides how the trace ends; up to the last one where none decides.
 * Undefined for a trace without kernel code.
 */
export function stepToLookAt(trace: TraceDocument): number | undefined {
  const { steps, kernel } = trace;
  const upTo = decisiveStep(trace) ?? steps.length;
  const at = steps
    .slice(0, upTo)
    .findLastIndex(({ events }) =>
      events.some(({ kind }) => kind === "access" && (kernel === undefined || lineOfC(events) !== undefined)),
    );
  return at < 0 ? undefined : at + 1;
}

/** The same with what happens there. */
export function placeToLook(trace: TraceDocument, sourceOf: SourceOf): Place | undefined {
  const number = stepToLookAt(trace);
  const step = trace.steps[(number ?? 0) - 1];
  if (number === undefined || step === undefined) return undefined;
  const { text, within } = happeningIn(step, spansOf(trace).steps[number - 1] ?? []);
  return {
    step: number,
    text: within === null ? text : `${text} in ${within}()`,
    within,
    source: lineOfC(step.events) ?? (within === null ? undefined : sourceOf(within, trace.driver)),
  };
}

/** What a step does, in a line, and the kernel function that its access is in. */
export function happeningIn(
  step: TraceStep,
  events: readonly SpanEvent[],
): { readonly text: string; readonly within: string | null } {
  const done = events.flatMap((event) =>
    event.kind === "open" || event.kind === "close" || event.local ? [] : [event],
  );
  return {
    text: done.map((of) => of.text).join(", ") || step.choice || step.process,
    within: done.find((of) => of.kind === "access")?.within ?? null,
  };
}

/** The line of C that makes the step's access; undefined if it is no C. */
export function lineOfC(events: TraceStep["events"]): SourceLine | undefined {
  for (const event of events) {
    if (event.kind === "access" && !event.local && event.at !== undefined) {
      return { uri: event.at.file, line: event.at.line };
    }
  }
  return undefined;
}
