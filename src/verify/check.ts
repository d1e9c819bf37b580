/**
 * One check: scenario x driver x property x configuration -> a verdict document.
 */
import { explore, type Exploration, type PathStep, type Progress } from "../engine/explore.js";
import { Machine } from "../runtime/machine.js";
import { PmucheckError } from "../spec/errors.js";
import type { Configuration } from "../spec/parameter.js";
import type { Property, Witness } from "../spec/property.js";
import type { Driver, Scenario } from "../spec/scenario.js";
import type { CheckDocument, TraceDocument, Verdict } from "../trace/document.js";
import { TRACE_FORMAT } from "../trace/document.js";
import { record } from "../trace/record.js";
import { fingerprint } from "./fingerprint.js";

export interface CheckRequest {
  readonly scenario: Scenario;
  readonly driver: Driver;
  readonly property: Property;
  readonly configuration: Configuration;
  /** Every witness a scenario may ask for. */
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
  readonly onProgress?: (progress: Progress) => void;
}

/** The rule that every system keeps whatever the property: something can always happen. */
export const NEVER_STUCK = "never-stuck";

/** Checks, and never throws for what a model does: a faulty model is a verdict of its own. */
export function check(request: CheckRequest): CheckDocument {
  const started = process.hrtime.bigint();
  const found = outcomeOf(request);
  const { scenario, driver, property, configuration } = request;
  return {
    ...subjectOf(request),
    sentence: property.sentence,
    reference: property.reference,
    assumptions: scenario.parameters.map(({ name, meaning }) => ({
      name,
      value: configuration[name] ?? "",
      meaning,
    })),
    verdict: found.verdict,
    reason: found.reason,
    complete: found.exploration?.end.kind === "complete",
    states: found.exploration?.states ?? 0,
    transitions: found.exploration?.transitions ?? 0,
    depth: found.exploration?.depth ?? 0,
    seconds: Number(process.hrtime.bigint() - started) / 1e9,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    bytesPerState: (found.exploration?.bytes ?? 0) / Math.max(1, found.exploration?.states ?? 0),
    witnesses: found.witnesses,
    neverMoved: found.exploration?.idle ?? [],
    notModelled: [...driver.notModelled, ...scenario.notModelled],
    hash: fingerprint(subjectOf(request)),
    ...(found.trace === undefined ? {} : { trace: found.trace }),
  };
}

interface Found {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly exploration?: Exploration;
  readonly witnesses: Readonly<Record<string, boolean>>;
  readonly trace?: TraceDocument;
}

function outcomeOf(request: CheckRequest): Found {
  const expected = expectedWitnesses(request);
  try {
    const machine = new Machine(request.scenario.build(request.driver, request.configuration));
    const exploration = explore(machine, watchFor(machine, request.property, expected), limitsOf(request));
    const reached = exploration.witnesses;
    const witnesses = Object.fromEntries(expected.map(({ name }, i) => [name, reached[i] === true]));
    return { exploration, witnesses, ...judge(request, machine, exploration, witnesses) };
  } catch (error) {
    // PMC1xx is the user's request, which the caller reports; PMC2xx is the model's fault, which is a verdict.
    if (!(error instanceof PmucheckError) || error.code.startsWith("PMC1")) throw error;
    return { verdict: "error", reason: `${error.code}: ${error.message}`, witnesses: {} };
  }
}

function judge(
  request: CheckRequest,
  machine: Machine,
  { end }: Exploration,
  witnesses: Readonly<Record<string, boolean>>,
): Pick<Found, "verdict" | "reason" | "trace"> {
  switch (end.kind) {
    case "broken":
      return { verdict: "violated", reason: null, trace: traceOf(request, machine, end.path) };
    case "stuck":
      return {
        verdict: "violated",
        reason: "nothing can happen any more",
        trace: traceOf(request, machine, end.path),
      };
    case "bound":
      return { verdict: "inconclusive", reason: end.bound };
    case "complete": {
      const missing = Object.keys(witnesses).filter((name) => witnesses[name] !== true);
      if (missing.length === 0) return { verdict: "holds", reason: null };
      return { verdict: "vacuous", reason: `never reached: ${missing.join(", ")}` };
    }
  }
}

/** Walks the path on the reference machine; a path that does not break a rule there is an internal error. */
function traceOf(request: CheckRequest, machine: Machine, path: readonly PathStep[]): TraceDocument {
  const recording = record(machine, request.property, path.length, (enabled, at) => {
    const step = path[at];
    const name = machine.processes[step?.process ?? -1];
    const first = enabled.findIndex(({ label }) => label.process === name);
    return first < 0 ? -1 : first + (step?.outcome ?? 0);
  });
  const stuck = machine.enabledSteps(recording.final).length === 0;
  if (recording.broken === undefined ? !stuck : recording.broken.step !== path.length) {
    throw new Error(
      `the trace that the search found does not break ${request.property.name} when it is replayed`,
    );
  }
  return traceDocument(request, machine, recording.broken?.rule ?? NEVER_STUCK, recording);
}

/** The document of a recorded trace that breaks `rule` with its last step. */
export function traceDocument(
  request: Pick<CheckRequest, "scenario" | "driver" | "property" | "configuration">,
  machine: Machine,
  rule: string,
  { steps, observations }: Pick<ReturnType<typeof record>, "steps" | "observations">,
): TraceDocument {
  const { configuration, scenario } = request;
  return {
    format: TRACE_FORMAT,
    ...subjectOf(request),
    hash: fingerprint(subjectOf(request)),
    rule,
    cpus: machine.system.processors.length,
    start: scenario.start,
    steps,
    epilogue: scenario.epilogue?.({ configuration, observations }) ?? null,
  };
}

function subjectOf({
  scenario,
  driver,
  property,
  configuration,
}: Pick<CheckRequest, "scenario" | "driver" | "property" | "configuration">) {
  return { scenario: scenario.name, driver: driver.name, property: property.name, config: configuration };
}

function expectedWitnesses({ scenario, configuration, witnesses }: CheckRequest): readonly Witness[] {
  return scenario.witnesses(configuration).map((name) => {
    const witness = witnesses.find((known) => known.name === name);
    if (witness === undefined)
      throw new Error(`scenario ${scenario.name} asks for an unknown witness ${name}`);
    return witness;
  });
}

function watchFor(machine: Machine, property: Property, expected: readonly Witness[]) {
  const { events } = machine.system;
  return {
    broken: property.rules.flatMap(({ brokenBy }) => (brokenBy === undefined ? [] : [brokenBy])),
    brokenStates: property.rules.flatMap(({ brokenIn }) =>
      brokenIn === undefined
        ? []
        : events.map(
            (event) => (read: (component: number) => unknown) => brokenIn(machine.view(read), event),
          ),
    ),
    witnesses: expected.map(({ reachedBy }) => reachedBy),
  };
}

function limitsOf({ maxStates, onProgress }: CheckRequest) {
  return onProgress === undefined ? { maxStates } : { maxStates, onProgress };
}
