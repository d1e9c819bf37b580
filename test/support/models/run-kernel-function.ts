/**
 * Runs one kernel function of linux-6.5 by itself and tells what it returned, accessed and changed.
 *
 * The machine is the scenario one-cpu after boot: task T runs at EL0 and its event A counts. The function is put on
 * the empty kernel stack, and then the CPU alone moves until the stack is empty again.
 */
import { castDraft } from "immer";

import { pe } from "../../../models/arm/pe.js";
import { linux_6_5 } from "../../../models/linux/versions/linux-6.5.js";
import { oneCpu } from "../../../models/scenarios/one-cpu.js";
import type { StepEvent } from "../../../src/runtime/execute.js";
import { Machine } from "../../../src/runtime/machine.js";
import { activation } from "../../../src/spec/activation.js";
import type { ReadView, View } from "../../../src/spec/component.js";
import type { KernelFunction } from "../../../src/spec/kernel-function.js";
import { configure } from "../../../src/spec/parameter.js";
import type { State } from "../../../src/spec/system.js";
import type { Value } from "../../../src/spec/value.js";

export interface Circumstances {
  /** Parameters of one-cpu that differ from their defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Changes the machine before the call. */
  readonly prepare?: (view: View) => void;
  /** Changes the machine after an access, as an interrupt at that place could; the access as a trace shows it. */
  readonly meanwhile?: (view: View, access: string) => void;
}

export interface Run<R> {
  readonly returned: R;
  /** The accesses that others can see, in order, as a trace shows them. */
  readonly accesses: readonly string[];
  /** The machine when the function has returned. */
  readonly after: ReadView;
}

/** Throws if the function does not come to its end. */
export function runKernelFunction<A extends readonly Value[], R>(
  called: KernelFunction<A, R>,
  args: A,
  { settings = {}, prepare, meanwhile }: Circumstances = {},
): Run<R> {
  const machine = new Machine(oneCpu.build(linux_6_5, configure(oneCpu.parameters, settings)));
  const events: StepEvent[] = [];
  let state = change(machine, machine.initialState, (view) => {
    prepare?.(view);
    view.update(pe(0), (of) => {
      of.stack = castDraft([activation(called.functionName, args)]);
    });
  });
  for (let step = cpuStep(machine, state); step !== undefined; step = cpuStep(machine, state)) {
    events.push(...step.label.events);
    const texts = accessesOf(step.label.events);
    state = change(machine, step.next, (view) => texts.forEach((text) => meanwhile?.(view, text)));
  }
  const end = events.at(-1);
  if (end?.kind !== "leave") throw new Error(`${called.functionName}() did not return`);
  // The last to return is the called function, and what it returns is an R.
  return { returned: end.value as R, accesses: accessesOf(events), after: machine.viewOf(state) };
}

function cpuStep(machine: Machine, state: State) {
  return machine.enabledSteps(state).find(({ label }) => label.process === "cpu0");
}

function accessesOf(events: readonly StepEvent[]): readonly string[] {
  return events.flatMap((event) => (event.kind === "access" && !event.local ? [event.text] : []));
}

function change(machine: Machine, state: State, recipe: (view: View) => void): State {
  const view = machine.viewOf(state);
  recipe(view);
  return Object.fromEntries(
    machine.components.map((name, i) => [name, view.writes.has(i) ? view.writes.get(i) : state[name]]),
  );
}
