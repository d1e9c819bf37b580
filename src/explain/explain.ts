/**
 * Explaining: which step of a trace made the violation inevitable, which steps it needed, and how it is avoided.
 *
 * Each part is decided by exploration or read off the trace. A part that needs more states than allowed is open. The
 * parts are defined in no-return.ts, necessary.ts, last-writers.ts and why-not.ts.
 * Not supported: traces that end in a loop, and traces that end in a state without enabled steps.
 */
import { Machine } from "../runtime/machine.js";
import { PmucheckError } from "../spec/errors.js";
import type { TraceDocument } from "../trace/document.js";
import {
  EXPLANATION_FORMAT,
  type ExplainedNecessary,
  type ExplainedStep,
  type Explanation,
} from "../trace/explanation.js";
import { erasedAfter } from "../trace/evidence.js";
import { eventOf, wayOf, type Break } from "../trace/record.js";
import { StateGraph } from "../trace/state-graph.js";
import { replayBreaking, type ReplayRequest } from "../check/replay/violating.js";
import { systemOf, NEVER_STUCK } from "../check/target.js";
import { placeOf } from "./kind.js";
import { originOf } from "./landmarks.js";
import { componentsOf, lastWriters } from "./last-writers.js";
import { forbidEach, necessaryKinds } from "./necessary.js";
import { pointOfNoReturn, type NoReturn } from "./no-return.js";
import { walked, type Walk } from "./walk.js";
import { whyNot } from "./why-not.js";

export interface ExplainRequest extends ReplayRequest {
  /** The most states for one exploration. */
  readonly maxStates: number;
  /** Questions such as `irq@12`. */
  readonly whyNot: readonly string[];
  /** Why to stop; undefined to go on. What is stopped is open. */
  readonly stop?: (() => string | undefined) | undefined;
  /** Called with what is looked for now. */
  readonly onProgress?: ((what: string) => void) | undefined;
}

/**
 * Explains a trace.
 * Throws PMC121 for a trace that cannot be explained, PMC122 for a malformed question, and the errors of a replay.
 */
export function explain(request: ExplainRequest): Explanation {
  const { scenario, driver, property, configuration, maxStates, stop, onProgress } = request;
  const trace = replayBreaking(request);
  if (trace.rule === NEVER_STUCK) {
    throw new PmucheckError(
      "PMC121",
      "the trace ends where nothing can happen any more: there is no rule to explain",
    );
  }
  const machine = new Machine(systemOf({ scenario, driver, configuration, property }));
  const walk = walked(machine, property, trace);
  const answers = request.whyNot.flatMap((question) => whyNot(machine, walk.recording, question));
  const { broken, steps } = walk;
  const origin = originOf(walk.recording, broken);
  onProgress?.("the point of no return");
  const noReturn = pointOfNoReturn({ machine, property, broken, maxStates, stop }, walk.values);
  const event = broken.event ?? (broken.by === undefined ? undefined : eventOf(broken.by));
  const { states } = walk.recording;
  const last = trace.steps.at(-1) as TraceDocument["steps"][number];
  const components = componentsOf(machine, property, states, last, event);
  const stepAt = (step: number) => steps[step - 1] as ExplainedStep;
  const gone = origin === undefined ? null : erasedAfter(trace, origin);
  const erased = gone === null ? null : { step: stepAt(gone.step), signal: gone.signal };
  return {
    format: EXPLANATION_FORMAT,
    scenario: trace.scenario,
    driver: trace.driver,
    fix: trace.fix,
    property: trace.property,
    config: trace.config,
    hash: trace.hash,
    ...(trace.files && { files: trace.files }),
    rule: trace.rule,
    breaking:
      broken.by === undefined
        ? null
        : [broken.by.kind, ...(event === undefined ? [] : ["of", event])].join(" "),
    violation: stepAt(steps.length),
    origin: origin === undefined ? null : stepAt(origin),
    erased,
    noReturn:
      noReturn === undefined
        ? null
        : {
            avoidedBy: noReturn.avoidedBy,
            after: noReturn.after,
            conclusive: noReturn.conclusive,
            step: stepAt(noReturn.by),
          },
    passing: noReturn === undefined ? null : passingOf(machine, walk, noReturn),
    necessary: necessaryOf(machine, walk, erased?.step.step, request),
    writers: lastWriters(trace.steps, states, components, origin === undefined ? 0 : origin - 1).map(
      (writer) => ({
        ...writer,
        by: stepAt(writer.step),
      }),
    ),
    whyNot: answers,
  };
}

function passingOf(machine: Machine, { steps }: Walk, { after, passing }: NoReturn): Explanation["passing"] {
  const explained = passing.map(({ process, label, read }, i): ExplainedStep => {
    const { observations } =
      machine.run(process, read).find((outcome) => outcome.label.choice === label.choice) ?? {};
    return {
      step: after + i + 1,
      process: label.process,
      choice: label.choice,
      ...placeOf(machine, process, read, label),
      notable: label.choice !== "" || (observations ?? []).length > 0,
    };
  });
  const common = explained.findIndex((step, i) => {
    const taken = steps[after + i];
    return taken?.process !== step.process || taken.choice !== step.choice;
  });
  const diverges = Math.max(0, common);
  const instead = steps[after + diverges];
  if (instead === undefined) return null;
  return { commonSteps: after + diverges, instead, steps: explained.slice(diverges) };
}

/** The largest state space, in states, for which all kinds are decided at once (necessary.ts). */
const SMALL = 100_000;

function necessaryOf(
  machine: Machine,
  { kinds, steps, broken }: Walk,
  erased: number | undefined,
  { property, maxStates, stop, onProgress }: ExplainRequest,
): ExplainedNecessary {
  const what = "what the violation needed";
  onProgress?.(what);
  const isSame = (other: Break) => wayOf(other) === wayOf(broken);
  const onQuestion = (at: number, of: number) => onProgress?.(`${what}, ${at} of ${of}`);
  const options = { isSame, maxStates, stop, onQuestion };
  const isKernel = (kind: string) => steps[kinds.indexOf(kind)]?.function !== null;
  const distinct = [...new Set(kinds)];
  const decisions = distinct.filter((kind) => !isKernel(kind));
  const asked = [...decisions, ...(erased === undefined ? [] : [kinds[erased - 1] ?? ""])];
  const found =
    necessaryKinds(new StateGraph(machine, property), kinds, {
      ...options,
      maxStates: Math.min(SMALL, maxStates),
    }) ?? forbidEach(machine, property, distinct, asked, options);
  return {
    complete: decisions.every((kind) => found.has(kind)),
    kinds: distinct.map((kind) => ({
      kind,
      kernel: isKernel(kind),
      necessary: found.get(kind) ?? null,
      steps: kinds.flatMap((of, i) => (of === kind ? [i + 1] : [])),
    })),
  };
}
