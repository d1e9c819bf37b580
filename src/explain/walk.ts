/**
 * A trace, walked on the machine: what each step is to a reader, and the values before it.
 */
import type { Machine } from "../runtime/machine.js";
import type { Property } from "../spec/property.js";
import type { State } from "../spec/system.js";
import type { TraceDocument } from "../trace/document.js";
import type { ExplainedStep } from "../trace/explanation.js";
import { breakOf, record, type Break, type Recording } from "../trace/record.js";
import { kindOf, placeOf } from "./kind.js";

export interface Walk {
  readonly recording: Recording;
  /** By step, then by component: the values before the step. */
  readonly values: readonly (readonly unknown[])[];
  readonly steps: readonly ExplainedStep[];
  readonly kinds: readonly string[];
  readonly broken: Break;
}

/** The trace must break a rule of the property with its last step. */
export function walked(machine: Machine, property: Property, trace: TraceDocument): Walk {
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
