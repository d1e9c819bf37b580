/**
 * A toy machine for testing the runtime: CPUs that run kernel functions over a few cells of memory.
 */
import { castDraft } from "immer";

import { activation } from "../../../src/spec/activation.js";
import { component, perCpu, perName } from "../../../src/spec/component.js";
import { functionsOf, operation, type KernelFunction } from "../../../src/spec/kernel-function.js";
import type { Execution, Processor, System } from "../../../src/spec/system.js";
import type { Value } from "../../../src/spec/value.js";

export interface Cell {
  readonly value: Value;
}

export const cell = perName<Cell>("cell");
export const execution = perCpu<Execution>("run");

export const readCell = operation<[string], Value>({
  name: "readCell",
  perform: (view, _cpu, [name]) => view.read(cell(name)).value,
});

export const writeCell = operation<[string, Value], void>({
  name: "writeCell",
  perform: (view, _cpu, [name, value]) =>
    view.update(component<{ value: Value }>(cell(name).name), (of) => {
      of.value = castDraft(value);
    }),
});

export const privately = operation<[], void>({ name: "privately", local: true, perform: () => undefined });

/** A system whose CPU i starts with a call of `starts[i]`; CPUs do not run during boot but on the first step. */
export function toySystem(
  starts: readonly { readonly function: string; readonly arguments: readonly Value[] }[],
  functions: readonly KernelFunction[],
  cells: Readonly<Record<string, Value>>,
): System {
  const go = component<{ readonly value: boolean }>("go");
  return {
    configuration: {},
    reset: {
      go: { value: false },
      ...Object.fromEntries(
        starts.map((start, cpu) => [
          execution(cpu).name,
          { stack: [activation(start.function, start.arguments)] } satisfies Execution,
        ]),
      ),
      ...Object.fromEntries(Object.entries(cells).map(([name, value]) => [cell(name).name, { value }])),
    },
    functions: functionsOf(Object.fromEntries(functions.map((f) => [f.functionName, f]))),
    processors: starts.map((_, cpu): Processor => ({
      cpu,
      execution: execution(cpu),
      body: () => undefined,
      mayExecute: (view) => view.read(go).value,
      level: () => "task",
    })),
    processes: [
      {
        name: "go",
        alternatives: (view) =>
          view.read(go).value
            ? []
            : [
                {
                  name: "go",
                  perform: (step) =>
                    step.update(go, (of) => {
                      of.value = true;
                    }),
                },
              ],
      },
    ],
    signals: [],
    events: [],
  };
}
