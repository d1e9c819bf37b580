/**
 * The step of a trace that takes the evidence away, read off the document alone: no model is needed to say where to look.
 */
import type { TraceDocument, TraceLandmarks } from "./document.js";
import { isLike } from "./record.js";

/** The step that was last to set back one of the headline signals that the origin had changed. */
export function erasedAfter({ steps }: TraceDocument, origin: number): TraceLandmarks["erased"] {
  const marks = steps[origin - 1]?.changes.filter(({ headline }) => headline) ?? [];
  const backs = marks.map((mark) => ({
    signal: mark.signal,
    step: steps.findIndex(
      ({ changes }, at) =>
        at >= origin &&
        at < steps.length - 1 &&
        changes.some(({ signal, cpu, to }) => signal === mark.signal && cpu === mark.cpu && to === mark.from),
    ),
  }));
  const last = backs.sort((a, b) => a.step - b.step).at(-1);
  // A signal that was never set back still shows the origin at the end.
  if (last === undefined || backs.some(({ step }) => step < 0)) return null;
  return { step: last.step + 1, signal: last.signal };
}

/**
 * The step that decides how the trace ends, 1 for the first: the one after which no headline signal shows the crossing that
 * the last step overtakes. Undefined where a trace has none: a loop, a report of nothing, evidence that stays.
 */
export function decisiveStep(trace: TraceDocument): number | undefined {
  return evidenceOf(trace)?.erased?.step;
}

/** The landmarks that the document alone tells: where an overtaken crossing was, and where its evidence went. */
export function evidenceOf(trace: TraceDocument): TraceLandmarks | undefined {
  const { steps, loop } = trace;
  const broken = steps.at(-1)?.observations.find((one) => one.kind === "crossing" && one.overtakes);
  if (loop !== null || broken === undefined) return undefined;
  const before = steps
    .slice(0, -1)
    .findLastIndex(({ observations }) => observations.some((one) => isLike(one, broken)));
  if (before < 0) return undefined;
  return { origin: before + 1, erased: erasedAfter(trace, before + 1), noReturn: null };
}
