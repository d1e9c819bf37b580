/**
 * Counterexamples: a path that the search found, walked on the reference machine and made into a document.
 */
import type { Lasso, PathStep } from "../../engine/explore.js";
import type { Machine } from "../../runtime/machine.js";
import { blaming } from "../../spec/blame.js";
import type { LivenessProperty } from "../../spec/property.js";
import type { Scenario, TraceSummary } from "../../spec/scenario.js";
import { costsOf } from "../../trace/cost.js";
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { TRACE_FORMAT } from "../../trace/document.js";
import { whyNoLasso } from "../../trace/loop.js";
import { initialSignals, record, type Recording } from "../../trace/record.js";
import { fingerprint } from "../fingerprint.js";
import { NEVER_STUCK, subjectOf, textsOf, type Target } from "../target.js";

/** The trace of a path that breaks a rule, or gets stuck, at its end. A path that does not is an internal error. */
export function traceOfPath(target: Target, machine: Machine, path: readonly PathStep[]): TraceDocument {
  const recording = walk(target, machine, path);
  if (recording.broken === undefined ? !isStuck(machine, recording) : recording.broken.step !== path.length) {
    throw new Error(
      `the trace that the search found does not break ${target.property.name} when it is replayed`,
    );
  }
  return traceDocument(target, machine, recording.broken?.rule ?? NEVER_STUCK, recording);
}

/** The trace of a lasso that breaks a liveness property. One that does not is an internal error. */
export function traceOfLasso(
  target: Target & { readonly property: LivenessProperty },
  machine: Machine,
  { path, cycle }: Lasso,
): TraceDocument {
  const recording = walk(target, machine, [...path, ...cycle]);
  const why = whyNoLasso(machine, target.property, turnOf(recording, path.length));
  if (why !== undefined) {
    throw new Error(`the loop that the search found does not break ${target.property.name}: ${why}`);
  }
  return traceDocument(target, machine, target.property.name, { ...recording, loop: path.length });
}

/** The part of a recording that repeats. */
export function turnOf({ states, steps }: Recording, loop: number) {
  return { states: states.slice(loop), steps: steps.slice(loop) };
}

/** Can nothing happen any more at the end of the recording? */
export function isStuck(machine: Machine, { states }: Recording): boolean {
  const last = states.at(-1);
  return last !== undefined && machine.enabledSteps(last).length === 0;
}

function walk({ property }: Target, machine: Machine, path: readonly PathStep[]): Recording {
  return record(machine, property, path.length, (enabled, at) => {
    const step = path[at];
    const name = machine.processes[step?.process ?? -1];
    const first = enabled.findIndex(({ label }) => label.process === name);
    return first < 0 ? -1 : first + (step?.outcome ?? 0);
  });
}

/** The document of a recorded trace that breaks `rule` with its last step, or by repeating its last steps. */
export function traceDocument(
  target: Target,
  machine: Machine,
  rule: string,
  recording: Pick<Recording, "steps" | "observations"> & { readonly loop?: number },
): TraceDocument {
  const { configuration, scenario } = target;
  const { steps, observations, loop = null } = recording;
  return {
    format: TRACE_FORMAT,
    ...subjectOf(target),
    hash: fingerprint(subjectOf(target), textsOf(target)),
    rule,
    cpus: machine.system.processors.length,
    start: scenario.start,
    initial: initialSignals(machine),
    steps,
    cost: costsOf(steps.flatMap((step) => step.observations)),
    loop,
    ...filesOf(target, steps),
    ...tracedKernel(target),
    epilogue: (loop === null ? epilogueOf(scenario, { configuration, observations }) : undefined) ?? null,
  };
}

function epilogueOf(scenario: Scenario, trace: TraceSummary): string | undefined {
  return blaming(
    "PMC207",
    () => `scenario ${scenario.name}: epilogue()`,
    () => scenario.epilogue?.(trace),
  );
}

/** The C files of the functions in the steps; nothing for a model that is of no C. */
function filesOf({ driver: { files } }: Target, steps: readonly TraceStep[]): Pick<TraceDocument, "files"> {
  if (files === undefined) return {};
  const names = steps.flatMap(({ events }) =>
    events.flatMap((of) => ("function" in of ? [of.function] : [])),
  );
  return {
    files: Object.fromEntries(
      [...new Set(names)].flatMap((name) => {
        const file = files.get(name);
        return file === undefined ? [] : [[name, file] as const];
      }),
    ),
  };
}

/** Which C the trace is about; nothing for a model by hand. */
function tracedKernel({ driver: { source } }: Target): Pick<TraceDocument, "kernel"> {
  if (source === undefined) return {};
  const { folder, version, base, digest, patches } = source.report();
  return { kernel: { folder, version, base, digest, patches } };
}
