/**
 * Why a step of a trace matters, as far as its landmarks say.
 */
import type { TraceDocument, TraceLandmarks } from "../../trace/document.js";

const AFTERWARDS = {
  next: (crossing: string) => `the next ${crossing} breaks the rule, whatever happens before it`,
  ever: () => "every way on breaks the rule",
} as const;

/** One sentence for each reason; `step` is 1 for the first. */
export function marksOf(trace: TraceDocument, landmarks: TraceLandmarks | undefined, step: number): string[] {
  const { erased = null, noReturn = null } = landmarks ?? {};
  const what = breakingOf(trace);
  return [
    ...(noReturn?.step === step ? [`point of no return: ${AFTERWARDS[noReturn.avoidedBy](what)}`] : []),
    ...(step === erased?.step ? [`${erased.signal} is as before: the evidence of the ${what} is gone`] : []),
  ];
}

/** What the last step observed that broke the rule: `crossing of A`. */
function breakingOf({ steps }: TraceDocument): string {
  const told = steps.at(-1)?.observations ?? [];
  const by = told.find(({ kind }) => kind !== "counted");
  if (by === undefined) return "step like the last";
  return "event" in by ? `${by.kind} of ${by.event}` : by.kind;
}
