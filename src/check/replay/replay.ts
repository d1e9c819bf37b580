/**
 * Replaying a trace: the same model, the same steps, the same broken rule, or a reason why not.
 */
import { Machine, type EnabledStep } from "../../runtime/machine.js";
import { PmucheckError } from "../../spec/errors.js";
import type { TraceDocument, TraceEvent } from "../../trace/document.js";
import { whyNoLasso } from "../../trace/loop.js";
import { record, type Recording } from "../../trace/record.js";
import { isStuck, traceDocument, turnOf } from "../verdict/counterexample.js";
import { fingerprint } from "../fingerprint.js";
import { systemOf, NEVER_STUCK, subjectOf, textsOf, type Target } from "../target.js";

export interface ReplayRequest extends Target {
  /** The hash the trace was made under; undefined to accept any. */
  readonly hash: string | undefined;
  /** The rule that the trace says to break; undefined to accept any, or none. */
  readonly rule?: string | undefined;
  readonly steps: readonly ReplayStep[];
  /** The steps after this many repeat for ever; null for a trace that ends. */
  readonly loop: number | null;
}

/** A step by its position among the enabled ones and, if it is known, by what it was. */
export interface ReplayStep {
  readonly index: number;
  readonly process?: string;
  readonly choice?: string;
  /** What happened in it; only a replay on an edited model looks at it. */
  readonly events?: readonly TraceEvent[] | undefined;
}

/** The trace as it was replayed, up to the first broken rule; `unbroken` says why it breaks none. */
export interface Replay {
  readonly unbroken: string | undefined;
  readonly trace: TraceDocument;
}

/** Throws PMC113 if the trace was made under another model, PMC114 if it cannot be followed in this one. */
export function replay(request: ReplayRequest): Replay {
  const { property, steps } = request;
  const hash = fingerprint(subjectOf(request), textsOf(request));
  if (request.hash !== undefined && request.hash !== hash) {
    throw new PmucheckError(
      "PMC113",
      `the trace was made under Hash=${request.hash}, but model, scenario, property and parameters now have ` +
        `Hash=${hash}: run the check again, replay with the version that made it, or follow its file as far ` +
        "as it goes with --edited",
    );
  }
  mustHaveLoop(request);
  const machine = new Machine(systemOf(request));
  const recording = record(machine, property, steps.length, (enabled, at) => follow(enabled, steps[at], at));
  const replayed = judge(request, machine, recording);
  const { rule } = replayed.trace;
  if (request.rule === undefined || request.rule === rule) return replayed;
  throw new PmucheckError(
    "PMC114",
    `the trace says that it breaks '${request.rule}', and these steps break '${rule}': it was edited; run the check again`,
  );
}

/** Throws PMC114 if the loop does not begin within the trace. */
export function mustHaveLoop({ loop, steps }: Pick<ReplayRequest, "loop" | "steps">): void {
  if (loop === null || loop < steps.length) return;
  throw new PmucheckError("PMC114", `the loop begins after step ${loop}, but the trace has ${steps.length}`);
}

/** What a recording of a request's steps, or of the first of them, breaks. */
export function judge(request: ReplayRequest, machine: Machine, recording: Recording): Replay {
  const { property, loop } = request;
  if (property.kind === "eventually" && loop !== null) {
    const unbroken = whyNoLasso(machine, property, turnOf(recording, loop));
    const rule = unbroken === undefined ? property.name : "none";
    return { unbroken, trace: traceDocument(request, machine, rule, { ...recording, loop }) };
  }
  return replayToEnd(request, machine, recording);
}

function replayToEnd(request: ReplayRequest, machine: Machine, recording: Recording): Replay {
  const { broken } = recording;
  const stuck = broken === undefined && isStuck(machine, recording);
  const walked = broken === undefined ? recording.steps : recording.steps.slice(0, broken.step);
  const observations = walked.flatMap((step) => step.observations);
  const rule = broken?.rule ?? (stuck ? NEVER_STUCK : "none");
  const needsLoop = request.property.kind === "eventually" && !stuck;
  const why = needsLoop ? "only a loop (--loop) can break it" : "no rule is broken along this path";
  return {
    unbroken: rule === "none" ? why : undefined,
    trace: traceDocument(request, machine, rule, { steps: walked, observations }),
  };
}

function follow(enabled: readonly EnabledStep[], step: ReplayStep | undefined, at: number): number {
  const taken = enabled[step?.index ?? -1];
  const offers =
    enabled.map(({ label }, i) => `${i} ${nameOf(label.process, label.choice)}`).join(", ") || "nothing";
  if (step === undefined || taken === undefined) {
    throw new PmucheckError(
      "PMC114",
      `step ${at + 1} takes choice ${step?.index}, but the model offers: ${offers}`,
    );
  }
  const { process, choice } = taken.label;
  const expected = nameOf(step.process ?? process, step.choice ?? choice);
  if (expected !== nameOf(process, choice)) {
    throw new PmucheckError(
      "PMC114",
      `step ${at + 1} is '${expected}' in the trace and '${nameOf(process, choice)}' in the model`,
    );
  }
  return step.index;
}

export function nameOf(process: string, choice: string): string {
  return choice === "" ? process : `${process}: ${choice}`;
}
