/**
 * Why-not: why could a process not take a step, or not make a choice, at some step of a trace?
 *
 * A process with `whyNot` gives the conditions that are not met, one phrase each. Besides, the trace answers: the nearest
 * step before which the process was enabled, and the values that the process reads and that differ there.
 */
import type { Machine } from "../runtime/machine.js";
import { blaming } from "../spec/blame.js";
import { PmucheckError } from "../spec/errors.js";
import { nearest } from "../spec/nearest.js";
import type { State } from "../spec/system.js";
import { nameOf } from "./kind.js";
import { componentsRead } from "./last-writers.js";
import type { WhyNot } from "../trace/explanation.js";
import { differences } from "./leaves.js";

/** The steps of a trace, and the state before each step. */
export interface Walked {
  readonly steps: readonly { readonly process: string; readonly choice: string }[];
  readonly states: readonly State[];
}

/**
 * Answers `irq@12`, `irq0@12` or `line0: PPI 23 rises@12`. A name without a number means the process of every CPU.
 * Throws PMC122 for a malformed question, an unknown process, and a step that the trace does not have.
 */
export function whyNot(machine: Machine, { steps, states }: Walked, question: string): WhyNot[] {
  const match = /^([^@:]+?)\s*(?::\s*(.+?))?\s*@(\d{1,6})$/.exec(question.trim());
  const [, name = "", choice = null, at = ""] = match ?? [];
  if (match === null) {
    throw new PmucheckError(
      "PMC122",
      `--why-not takes PROCESS@STEP or 'PROCESS: CHOICE@STEP', not '${question}'`,
    );
  }
  const step = Number(at);
  const [taken, state] = [steps[step - 1], states[step - 1]];
  if (taken === undefined || state === undefined) {
    throw new PmucheckError(
      "PMC122",
      `--why-not asks about step ${at}, but the steps are 1 to ${steps.length}`,
    );
  }
  return processesNamed(machine, name).map((process) => {
    const offers = offersOf(machine, process, state);
    const enabled = choice === null ? offers.length > 0 : offers.includes(choice);
    return {
      process: machine.processes[process] ?? "",
      choice,
      step,
      enabled,
      offers,
      taken: nameOf(taken),
      reasons: enabled ? [] : reasonsOf(machine, process, state, offers),
      elsewhere: enabled ? null : elsewhere(machine, process, choice, states, step),
    };
  });
}

function processesNamed(machine: Machine, name: string): number[] {
  const all = [...machine.processes.keys()];
  const exact = all.filter((i) => machine.processes[i] === name);
  const found =
    exact.length > 0 ? exact : all.filter((i) => machine.processes[i]?.replace(/\d+$/, "") === name);
  if (found.length > 0) return found;
  throw new PmucheckError(
    "PMC122",
    `--why-not asks about the unknown process '${name}'${nearest(name, machine.processes)}`,
  );
}

function offersOf(machine: Machine, process: number, state: State): string[] {
  return machine.run(process, reader(machine, state)).map(({ label }) => label.choice);
}

function reasonsOf(
  machine: Machine,
  process: number,
  state: State,
  offers: readonly string[],
): readonly string[] {
  if (offers.length > 0)
    return [`it offers only: ${offers.map((offer) => offer || "its next step").join(", ")}`];
  const processor = machine.system.processors[process];
  if (processor === undefined) {
    const other = machine.system.processes[process - machine.system.processors.length];
    return blaming(
      "PMC207",
      () => `${other?.name}: whyNot()`,
      () => other?.whyNot?.(machine.viewOf(state)) ?? [],
    );
  }
  const view = machine.viewOf(state);
  const stack = view.read(processor.execution).stack;
  if (stack.length === 0 && processor.body(view) === undefined) {
    return ["it has no kernel code to execute: it runs user code, or waits for an interrupt"];
  }
  if (!processor.mayExecute(view))
    return ["it does not execute: something comes before its next instruction"];
  return [`${stack.at(-1)?.function ?? "it"}() waits for an access that may not go ahead yet, as for a lock`];
}

/** The nearest state of the trace in which the process is enabled (of two, the earlier), and what differs there. */
function elsewhere(
  machine: Machine,
  process: number,
  choice: string | null,
  states: readonly State[],
  step: number,
): WhyNot["elsewhere"] {
  const isEnabled = (state: State | undefined) => {
    if (state === undefined) return false;
    const offers = offersOf(machine, process, state);
    return choice === null ? offers.length > 0 : offers.includes(choice);
  };
  const here = states[step - 1];
  for (const at of nearestFirst(step - 1, states.length - 1)) {
    const there = states[at];
    if (here === undefined || there === undefined || !isEnabled(there)) continue;
    const looks = new Set([...looksAt(machine, process, here), ...looksAt(machine, process, there)]);
    const changes = [...looks].flatMap((name) => differences(name, there[name], here[name]));
    return { step: at + 1, differences: changes };
  }
  return null;
}

function nearestFirst(from: number, end: number): number[] {
  return Array.from({ length: end }, (_, i) => i)
    .filter((at) => at !== from)
    .sort((a, b) => Math.abs(a - from) - Math.abs(b - from));
}

function looksAt(machine: Machine, process: number, state: State): string[] {
  return componentsRead(machine, state, (read) => {
    machine.run(process, read);
  });
}

function reader(machine: Machine, state: State): (component: number) => unknown {
  return (component) => state[machine.components[component] ?? ""];
}
