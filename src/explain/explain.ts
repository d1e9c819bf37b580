/**
 * Explaining: which step of a trace made the violation inevitable, which steps it needed, and how it is avoided.
 *
 * Each part is decided by exploration or read off the trace. A part that needs more states than allowed is open. The
 * parts are defined in no-return.ts, necessary.ts, last-writers.ts and why-not.ts.
 * Not supported: traces that end in a loop, and traces that end in a state without enabled steps.
 */
import { Machine } from "../runtime/machine.js";
import { PmucheckError } from "../spec/errors.js";
import type { Property } from "../spec/property.js";
import type { State } from "../spec/system.js";
import type { TraceDocument } from "../trace/document.js";
import {
  EXPLANATION_FORMAT,
  type ExplainedNecessary,
  type ExplainedStep,
  type Explanation,
} from "../trace/explanation.js";
import { breakOf, eventOf, isLike, wayOf, record, type Break, type Recording } from "../trace/record.js";
import { StateGraph } from "../trace/state-graph.js";
import { replayBreaking, type ReplayRequest } from "../check/replay/violating.js";
import { systemOf, NEVER_STUCK } from "../check/target.js";
import { kindOf, placeOf } from "./kind.js";
import { componentsOf, lastWriters } from "./last-writers.js";
import { forbidEach, necessaryKinds } from "./necessary.js";
import { pointOfNoReturn, type NoReturn } from "./no-return.js";
import { whyNot } from "./why-not.js";

export interface ExplainRequest extends ReplayRequest {
  /** The most states for one exploration. */
  readonly maxStates: number;
  /** Questions such as `irq@12`. */
  readonly whyNot: readonly string[];
}

/**
 * Explains a trace.
 * Throws PMC121 for a trace that cannot be explained, PMC122 for a malformed question, and the errors of a replay.
 */
export function explain(request: ExplainRequest): Explanation {
  const { scenario, driver, property, configuration, maxStates } = request;
  const trace = replayBreaking(request);
  if (trace.rule === NEVER_STUCK) {
    throw new PmucheckError(
      "PMC121",
      "the trace ends where nothing can happen any more: there is no rule to explain",
    );
  }
  const machine = new Machine(systemOf({ scenario, driver, configuration }));
  const walk = walked(machine, request, trace);
  const answers = request.whyNot.flatMap((question) => whyNot(machine, walk.recording, question));
  const { broken, steps } = walk;
  const origin = originOf(walk.recording, broken);
  const noReturn = pointOfNoReturn({ machine, property, broken, maxStates }, walk.values);
  const event = broken.event ?? (broken.by === undefined ? undefined : eventOf(broken.by));
  const { states } = walk.recording;
  const last = trace.steps.at(-1) as TraceDocument["steps"][number];
  const components = componentsOf(machine, property, states, last, event);
  const stepAt = (step: number) => steps[step - 1] as ExplainedStep;
  const erased = origin === undefined ? null : erasedAfter(trace, origin, stepAt);
  return {
    format: EXPLANATION_FORMAT,
    scenario: trace.scenario,
    driver: trace.driver,
    fix: trace.fix,
    property: trace.property,
    config: trace.config,
    hash: trace.hash,
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
    necessary: necessaryOf(machine, property, walk, erased?.step.step, maxStates),
    writers: lastWriters(trace.steps, states, components, origin === undefined ? 0 : origin - 1).map(
      (writer) => ({
        ...writer,
        by: stepAt(writer.step),
      }),
    ),
    whyNot: answers,
  };
}

/** The trace as the machine took it. */
interface Walk {
  readonly recording: Recording;
  /** By step, then by component: the values before the step. */
  readonly values: readonly (readonly unknown[])[];
  readonly steps: readonly ExplainedStep[];
  readonly kinds: readonly string[];
  readonly broken: Break;
}

function walked(machine: Machine, { property }: ExplainRequest, trace: TraceDocument): Walk {
  const recording = record(machine, property, trace.steps.length, (_, at) => trace.steps[at]?.index ?? -1);
  const { states } = recording;
  const values = states.slice(0, -1).map((state) => valuesOf(machine, state));
  const labels = trace.steps.map((step, at) => ({ ...step, ...labelAt(machine, values[at] ?? [], step) }));
  const last = states.at(-1);
  const observed = recording.steps.at(-1)?.observations ?? [];
  const broken = last === undefined ? undefined : breakOf(machine, property, observed, machine.viewOf(last));
  if (broken === undefined)
    throw new Error("a trace that was replayed breaks nothing when it is walked again");
  return {
    recording,
    values,
    steps: labels.map(({ process, choice, place, observations }, at) => ({
      step: at + 1,
      process,
      choice,
      ...place,
      notable: choice !== "" || observations.length > 0,
    })),
    kinds: labels.map(({ kind }) => kind),
    broken,
  };
}

function labelAt(machine: Machine, values: readonly unknown[], step: TraceDocument["steps"][number]) {
  const process = machine.processes.indexOf(step.process);
  const read = (component: number) => values[component];
  const label = machine.run(process, read).find((outcome) => outcome.label.choice === step.choice)?.label;
  if (label === undefined) throw new Error(`step '${step.process}' of the trace cannot be found again`);
  return { place: placeOf(machine, process, read, label), kind: kindOf(machine, process, read, label) };
}

function valuesOf(machine: Machine, state: State): unknown[] {
  return machine.components.map((name) => state[name]);
}

/** The last step before the violation with an observation like the one that broke the rule. */
function originOf({ steps }: Recording, broken: Break): number | undefined {
  const { by } = broken;
  if (by === undefined) return undefined;
  const before = steps
    .slice(0, -1)
    .findLastIndex(({ observations }) => observations.some((observation) => isLike(observation, by)));
  return before < 0 ? undefined : before + 1;
}

/** The step that was last to set back one of the headline signals that the origin had changed. */
function erasedAfter(
  { steps }: TraceDocument,
  origin: number,
  stepAt: (step: number) => ExplainedStep,
): Explanation["erased"] {
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
  return { step: stepAt(last.step + 1), signal: last.signal };
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
  property: Property,
  { kinds, steps, broken }: Walk,
  erased: number | undefined,
  maxStates: number,
): ExplainedNecessary {
  const isSame = (other: Break) => wayOf(other) === wayOf(broken);
  const isKernel = (kind: string) => steps[kinds.indexOf(kind)]?.function !== null;
  const distinct = [...new Set(kinds)];
  const decisions = distinct.filter((kind) => !isKernel(kind));
  const asked = [...decisions, ...(erased === undefined ? [] : [kinds[erased - 1] ?? ""])];
  const found =
    necessaryKinds(new StateGraph(machine, property), kinds, isSame, Math.min(SMALL, maxStates)) ??
    forbidEach(machine, property, distinct, asked, isSame, maxStates);
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
