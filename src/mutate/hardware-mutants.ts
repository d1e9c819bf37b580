/**
 * Mutants of the hardware: an action of the hardware never happens, happens twice, or happens only in part.
 *
 * * An alternative of a process (the line falls) is dropped or repeated.
 * * An operation that changes the hardware (a register write) does nothing.
 * * One field that such a step changes stays as it was (an acknowledge that does not make the interrupt active).
 *
 * There is no swap, because hardware steps have no fixed order. Operations are not repeated, because a mutant of the
 * driver repeats them.
 */
import type { View } from "../spec/component.js";
import type { Operation } from "../spec/kernel-function.js";
import type { Process, System } from "../spec/system.js";
import { componentKind, takeBack } from "./effects.js";
import type { Mutant } from "./mutant.js";
import { alternativeName, type Action, type Recorder } from "./recording.js";
import { viewWith, withOperations } from "./rewrite.js";

/** Which parts of a system are hardware. */
export interface HardwareHooks {
  /** Names of processes, without the numbers of CPUs. */
  readonly processes: readonly string[];
  /** Names of fields of components, or beginnings of such names: `gic.`, `pmu.PMOVS`. */
  readonly fields: readonly string[];
  /**
   * Where the registers are not known by name: every component that one of the processes changes is hardware, but for fields
   * that begin so. Undefined if `fields` are all there are.
   */
  readonly bookkeeping?: readonly string[];
}

/** The mutants of the hardware actions that the recorded cells reach. */
export function hardwareMutants(recorder: Recorder, hooks: HardwareHooks): Mutant[] {
  const alternatives = [...recorder.alternatives].filter(([name]) =>
    hooks.processes.some((process) => name.startsWith(`${process}: `)),
  );
  const changed = alternatives.flatMap(([, action]) => [...action.fields]);
  const known = { ...hooks, fields: [...hooks.fields, ...registersIn(changed, hooks)] };
  return [
    ...alternatives.flatMap(([name, action]) => ofAlternative(name, action, known)),
    ...[...recorder.operations].flatMap(([name, action]) => ofOperation(name, action, known)),
  ];
}

/** `pmu.` of `pmu.STATUS`, for fields that the hardware changes and that are no bookkeeping. */
function registersIn(changed: readonly string[], { bookkeeping }: HardwareHooks): readonly string[] {
  if (bookkeeping === undefined) return [];
  return changed
    .filter((field) => !bookkeeping.some((start) => field.startsWith(start)))
    .map((field) => field.slice(0, field.indexOf(".") + 1));
}

function ofAlternative(name: string, action: Action, hooks: HardwareHooks): Mutant[] {
  const shared = { of: "hardware", place: name, cells: action.cells } as const;
  const repeated = (process: Process): Process => ({
    ...process,
    alternatives: (state) =>
      process.alternatives(state).map((alternative) =>
        alternativeName(process, alternative.name) !== name
          ? alternative
          : {
              ...alternative,
              perform: (view) => {
                alternative.perform(view);
                return alternative.perform(view);
              },
            },
      ),
  });
  const dropped = (process: Process): Process => ({
    ...process,
    alternatives: (state) =>
      process
        .alternatives(state)
        .filter((alternative) => alternativeName(process, alternative.name) !== name),
  });
  const partly =
    (field: string) =>
    (process: Process): Process => ({
      ...process,
      alternatives: (state) =>
        process
          .alternatives(state)
          .map((alternative) =>
            alternativeName(process, alternative.name) !== name
              ? alternative
              : { ...alternative, perform: (view) => alternative.perform(without(view, field)) },
          ),
    });
  const fields = fieldsOf(action, hooks);
  return [
    {
      ...shared,
      name: `drop ${name}`,
      kind: "drop",
      text: "never happens",
      apply: (system) => mapProcesses(system, dropped),
    },
    {
      ...shared,
      name: `repeat ${name}`,
      kind: "repeat",
      text: "happens twice at once",
      apply: (system) => mapProcesses(system, repeated),
    },
    ...fields.map((field): Mutant => ({
      ...shared,
      name: `drop ${name}, ${field}`,
      kind: "drop",
      text: `happens, but ${field} stays as it was`,
      apply: (system) => mapProcesses(system, partly(field)),
    })),
  ];
}

function ofOperation(name: string, action: Action, hooks: HardwareHooks): Mutant[] {
  const fields = fieldsOf(action, hooks);
  if (fields.length === 0) return [];
  const mutant = (suffix: string, text: string, rewrite: (operation: Operation) => Operation): Mutant => ({
    name: `drop ${name}${suffix}`,
    kind: "drop",
    of: "hardware",
    place: name,
    text,
    cells: action.cells,
    apply: (system) =>
      withOperations(system, (operation) => (operation.name === name ? rewrite(operation) : operation)),
  });
  const idle = (operation: Operation): Operation => ({ ...operation, perform: () => undefined });
  const partly =
    (field: string) =>
    (operation: Operation): Operation => ({
      ...operation,
      perform: (view, cpu, args, choice) => operation.perform(without(view, field), cpu, args, choice),
    });
  return [
    // An operation with a result cannot do nothing: the result would have to be invented.
    ...(action.answers ? [] : [mutant("", "does nothing, wherever it is used", idle)]),
    // An operation that changes one field and has no result does nothing without the field: that is the mutant above.
    ...(fields.length === 1 && !action.answers ? [] : fields).map((field) =>
      mutant(`, ${field}`, `acts, but ${field} stays as it was`, partly(field)),
    ),
  ];
}

function fieldsOf({ fields }: Action, hooks: HardwareHooks): string[] {
  return [...fields].filter((field) => hooks.fields.some((start) => field.startsWith(start))).sort();
}

function mapProcesses(system: System, rewrite: (process: Process) => Process): System {
  return { ...system, processes: system.processes.map(rewrite) };
}

function without(view: View, field: string): View {
  return viewWith(view, (component, change) => {
    const before = view.read(component);
    change();
    if (field.startsWith(`${componentKind(component)}.`)) takeBack(view, component, field, before);
  });
}
