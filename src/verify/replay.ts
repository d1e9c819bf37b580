/**
 * Replaying a trace: the same model, the same steps, the same broken rule, or a reason why not.
 */
import { Machine, type EnabledStep } from "../runtime/machine.js";
import { PmucheckError } from "../spec/errors.js";
import type { TraceDocument } from "../trace/document.js";
import { record } from "../trace/record.js";
import { NEVER_STUCK, subjectOf, traceDocument, type Target } from "./check.js";
import { fingerprint } from "./fingerprint.js";

export interface ReplayRequest extends Target {
  /** The hash the trace was made under; undefined to accept any. */
  readonly hash: string | undefined;
  readonly steps: readonly ReplayStep[];
}

/** A step by its position among the enabled ones and, if it is known, by what it was. */
export interface ReplayStep {
  readonly index: number;
  readonly process?: string;
  readonly choice?: string;
}

/** The trace as it was replayed, up to the first broken rule; `broken` is false if it breaks none. */
export interface Replay {
  readonly broken: boolean;
  readonly trace: TraceDocument;
}

/** Throws PMC113 if the trace was made under another model, PMC114 if it cannot be followed in this one. */
export function replay(request: ReplayRequest): Replay {
  const { scenario, driver, property, configuration, steps } = request;
  const hash = fingerprint(subjectOf(request));
  if (request.hash !== undefined && request.hash !== hash) {
    throw new PmucheckError(
      "PMC113",
      `the trace was made under Hash=${request.hash}, but model, scenario, property and parameters now have ` +
        `Hash=${hash}: run the check again, or replay with the version that made it`,
    );
  }
  const machine = new Machine(scenario.build(driver, configuration));
  const recording = record(machine, property, steps.length, (enabled, at) => follow(enabled, steps[at], at));
  const { broken } = recording;
  const stuck = broken === undefined && machine.enabledSteps(recording.final).length === 0;
  const walked = broken === undefined ? recording.steps : recording.steps.slice(0, broken.step);
  const rule = broken?.rule ?? (stuck ? NEVER_STUCK : "none");
  const observations = walked.flatMap((step) => step.observations);
  return {
    broken: broken !== undefined || stuck,
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

function nameOf(process: string, choice: string): string {
  return choice === "" ? process : `${process}: ${choice}`;
}
