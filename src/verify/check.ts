/**
 * Checking: scenario x driver x configuration x properties -> a verdict document per property.
 */
import { explore, type Exploration, type Goal, type PathStep, type Progress } from "../engine/explore.js";
import { Machine } from "../runtime/machine.js";
import { PmucheckError } from "../spec/errors.js";
import type { Configuration } from "../spec/parameter.js";
import type { Property, Witness } from "../spec/property.js";
import type { Driver, Scenario } from "../spec/scenario.js";
import type { CheckDocument, Subject, TraceDocument, Verdict } from "../trace/document.js";
import { TRACE_FORMAT } from "../trace/document.js";
import { record } from "../trace/record.js";
import { fingerprint } from "./fingerprint.js";

/** What is checked, for one property. */
export interface Target {
  readonly scenario: Scenario;
  readonly driver: Driver;
  readonly property: Property;
  readonly configuration: Configuration;
}

/** How it is checked. */
export interface CheckOptions {
  /** Every witness a scenario may ask for. */
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
  readonly onProgress?: (progress: Progress) => void;
}

export type CheckRequest = Target & CheckOptions;

/** The rule that every system keeps whatever the property: something can always happen. */
export const NEVER_STUCK = "never-stuck";

/** Checks one property. Never throws for what a model does: a faulty model is a verdict of its own. */
export function check({ property, ...request }: CheckRequest): CheckDocument {
  const [document] = checkAll({ ...request, properties: [property] });
  if (document === undefined) throw new Error("a check without a verdict");
  return document;
}

/** Checks several properties in one exploration of the state space; a verdict for each, in their order. */
export function checkAll(
  request: Omit<Target, "property"> & CheckOptions & { readonly properties: readonly Property[] },
): CheckDocument[] {
  const { properties, ...rest } = request;
  const started = process.hrtime.bigint();
  const found = findings({ ...rest, properties });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return properties.map((property, goal) => documentOf({ ...rest, property }, found, goal, seconds));
}

/** What an exploration found, for all goals together. */
interface Findings {
  /** Undefined if the model is faulty. */
  readonly explored: { readonly machine: Machine; readonly exploration: Exploration } | undefined;
  readonly fault: string | null;
  readonly witnesses: Readonly<Record<string, boolean>>;
}

function findings(request: Parameters<typeof checkAll>[0]): Findings {
  const expected = expectedWitnesses(request);
  try {
    const machine = new Machine(request.scenario.build(request.driver, request.configuration));
    const watch = {
      goals: request.properties.map((property) => goalOf(machine, property)),
      witnesses: expected.map(({ reachedBy }) => reachedBy),
    };
    const { maxStates, onProgress } = request;
    const exploration = explore(
      machine,
      watch,
      onProgress === undefined ? { maxStates } : { maxStates, onProgress },
    );
    const witnesses = Object.fromEntries(
      expected.map(({ name }, i) => [name, exploration.witnesses[i] === true]),
    );
    return { explored: { machine, exploration }, fault: null, witnesses };
  } catch (error) {
    // PMC1xx is the user's request, which the caller reports; PMC2xx is the model's fault, which is a verdict.
    if (!(error instanceof PmucheckError) || error.code.startsWith("PMC1")) throw error;
    return { explored: undefined, fault: `${error.code}: ${error.message}`, witnesses: {} };
  }
}

function documentOf(target: Target, found: Findings, goal: number, seconds: number): CheckDocument {
  const { scenario, driver, property, configuration } = target;
  const { exploration } = found.explored ?? {};
  const { verdict, reason, trace } = judge(target, found, goal);
  return {
    ...subjectOf(target),
    sentence: property.sentence,
    reference: property.reference,
    assumptions: scenario.parameters.map(({ name, meaning }) => ({
      name,
      value: configuration[name] ?? "",
      meaning,
    })),
    verdict,
    reason,
    complete: exploration?.end.kind === "complete",
    states: exploration?.states ?? 0,
    transitions: exploration?.transitions ?? 0,
    depth: trace?.steps.length ?? exploration?.depth ?? 0,
    seconds,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    bytesPerState: (exploration?.bytes ?? 0) / Math.max(1, exploration?.states ?? 0),
    witnesses: found.witnesses,
    neverMoved: exploration?.idle ?? [],
    notModelled: [...driver.notModelled, ...scenario.notModelled],
    hash: fingerprint(subjectOf(target)),
    ...(trace === undefined ? {} : { trace }),
  };
}

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly trace?: TraceDocument;
}

function judge(target: Target, { explored, fault, witnesses }: Findings, goal: number): Judgement {
  if (explored === undefined) return { verdict: "error", reason: fault };
  const { machine, exploration } = explored;
  const { end } = exploration;
  const broken = exploration.breaks[goal];
  if (broken !== undefined) {
    return { verdict: "violated", reason: null, trace: traceOf(target, machine, broken.path) };
  }
  switch (end.kind) {
    case "stuck":
      return {
        verdict: "violated",
        reason: "nothing can happen any more",
        trace: traceOf(target, machine, end.path),
      };
    case "bound":
      return { verdict: "inconclusive", reason: end.bound };
    case "complete": {
      const missing = Object.keys(witnesses).filter((name) => witnesses[name] !== true);
      if (missing.length === 0) return { verdict: "holds", reason: null };
      return { verdict: "vacuous", reason: `never reached: ${missing.join(", ")}` };
    }
    case "decided":
      throw new Error("the search ended as if every property were broken");
  }
}

/** Walks the path on the reference machine; a path that does not break a rule there is an internal error. */
function traceOf(target: Target, machine: Machine, path: readonly PathStep[]): TraceDocument {
  const recording = record(machine, target.property, path.length, (enabled, at) => {
    const step = path[at];
    const name = machine.processes[step?.process ?? -1];
    const first = enabled.findIndex(({ label }) => label.process === name);
    return first < 0 ? -1 : first + (step?.outcome ?? 0);
  });
  const stuck = machine.enabledSteps(recording.final).length === 0;
  if (recording.broken === undefined ? !stuck : recording.broken.step !== path.length) {
    throw new Error(
      `the trace that the search found does not break ${target.property.name} when it is replayed`,
    );
  }
  return traceDocument(target, machine, recording.broken?.rule ?? NEVER_STUCK, recording);
}

/** The document of a recorded trace that breaks `rule` with its last step. */
export function traceDocument(
  target: Target,
  machine: Machine,
  rule: string,
  { steps, observations }: Pick<ReturnType<typeof record>, "steps" | "observations">,
): TraceDocument {
  const { configuration, scenario } = target;
  return {
    format: TRACE_FORMAT,
    ...subjectOf(target),
    hash: fingerprint(subjectOf(target)),
    rule,
    cpus: machine.system.processors.length,
    start: scenario.start,
    steps,
    epilogue: scenario.epilogue?.({ configuration, observations }) ?? null,
  };
}

/** A target by its names. */
export function subjectOf({ scenario, driver, property, configuration }: Target): Subject {
  return { scenario: scenario.name, driver: driver.name, property: property.name, config: configuration };
}

function expectedWitnesses({
  scenario,
  configuration,
  witnesses,
}: Pick<CheckRequest, "scenario" | "configuration" | "witnesses">): readonly Witness[] {
  return scenario.witnesses(configuration).map((name) => {
    const witness = witnesses.find((known) => known.name === name);
    if (witness === undefined)
      throw new Error(`scenario ${scenario.name} asks for an unknown witness ${name}`);
    return witness;
  });
}

function goalOf(machine: Machine, { rules }: Property): Goal {
  const { events } = machine.system;
  return {
    transitions: rules.flatMap(({ brokenBy }) => (brokenBy === undefined ? [] : [brokenBy])),
    states: rules.flatMap(({ brokenIn }) =>
      brokenIn === undefined
        ? []
        : events.map(
            (event) => (read: (component: number) => unknown) => brokenIn(machine.view(read), event),
          ),
    ),
  };
}
