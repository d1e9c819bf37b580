/**
 * Facts: what can be said of each step by running it. The page and the command line find them by this code alone.
 */
import { placeOf } from "../../explain/kind.js";
import type { LabelledOutcome, Machine } from "../../runtime/machine.js";
import type { State } from "../../spec/system.js";
import { differences, leavesOf } from "../../explain/leaves.js";
import { withoutValues } from "./alignment.js";
import type { NamedStep, Offer, StepFacts, TraceFacts } from "./page-document.js";

/** The facts of a path; `states` are those before each step and after the last one. */
export function factsOf(machine: Machine, states: readonly State[], steps: readonly NamedStep[]): TraceFacts {
  const last = states.at(-1);
  return {
    components: machine.components,
    initial: initialLeaves(machine),
    steps: steps.map((step, at) => stepFacts(machine, states[at], states[at + 1], step)),
    after: last === undefined ? [] : offersIn(machine, last),
  };
}

export function initialLeaves(machine: Machine): Readonly<Record<string, string>> {
  const { initialState } = machine;
  return Object.fromEntries(machine.components.flatMap((name) => [...leavesOf(name, initialState[name])]));
}

export function stepFacts(
  machine: Machine,
  before: State | undefined,
  after: State | undefined,
  step: NamedStep,
): StepFacts {
  if (before === undefined || after === undefined) throw new RangeError("a step without its states");
  const reads = new Set<number>();
  const process = machine.processes.indexOf(step.process);
  const outcomes = machine.run(process, (component) => {
    reads.add(component);
    return before[machine.components[component] ?? ""];
  });
  const taken = outcomes.find(({ label }) => label.choice === step.choice);
  const written = [...(taken?.writes.keys() ?? [])].map((component) => machine.components[component] ?? "");
  return {
    writes: written.flatMap((name) => differences(name, before[name], after[name])),
    reads: [...reads],
    offers: offersIn(machine, before),
  };
}

/** What can happen in a state, in the machine's order. */
export function offersIn(machine: Machine, state: State): readonly Offer[] {
  const read = (component: number) => state[machine.components[component] ?? ""];
  return machine.processes.flatMap((_, process) =>
    machine.run(process, read).map((outcome) => offerOf(machine, process, read, outcome)),
  );
}

/** What steps have in common that the same line makes, whatever their values and their CPU. */
export function sortOf({ process, choice, text, within }: Offer): string {
  return within === null ? `${process.replace(/\d+$/, "")}: ${choice}` : `${within}: ${withoutValues(text)}`;
}

function offerOf(
  machine: Machine,
  process: number,
  read: (component: number) => unknown,
  { label }: LabelledOutcome,
): Offer {
  const place = placeOf(machine, process, read, label);
  return { process: label.process, choice: label.choice, text: place.text, within: place.function };
}
