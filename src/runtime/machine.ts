/**
 * The machine: the reference semantics of a system.
 *
 * For a state, it gives the enabled steps, with labels, and their successor states. Searches use {@link Machine.run},
 * which gives the steps of one process and reads the state component by component.
 */
import { blaming } from "../spec/blame.js";
import { PmucheckError } from "../spec/errors.js";
import type { Observation } from "../spec/observation.js";
import type { Symmetry } from "../spec/symmetry.js";
import type { Level, Process, Processor, State, System } from "../spec/system.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";
import { frozen, keyOf } from "../spec/value.js";
import { Doing } from "./doing.js";
import { Execution, type Due, type StepEvent } from "./execute.js";
import { Resumer } from "./resume.js";
import { symmetryOf } from "./symmetry.js";
import { asynchronous, StepView, type Layout } from "./view.js";

/** The process that takes a step, and what happens in the step. */
export interface StepLabel {
  /** The process: `cpu0`, `pmu0`, `gic0`, `taskset` ... */
  readonly process: string;
  /** The named choice among the process's alternatives; empty if it had none. */
  readonly choice: string;
  readonly cpu: number | undefined;
  /** The level a CPU executes at; undefined for devices and the world outside. */
  readonly level: Level | undefined;
  readonly events: readonly StepEvent[];
}

export interface LabelledOutcome extends Outcome {
  readonly label: StepLabel;
}

/** An enabled step of a state, and the successor state. */
export interface EnabledStep {
  readonly label: StepLabel;
  readonly observations: readonly Observation[];
  readonly next: State;
}

type Read = (component: number) => unknown;

/** The most steps of a boot: more count as endless. */
const BOOT_LIMIT = 100_000;

export class Machine implements TransitionSystem<LabelledOutcome> {
  readonly system: System;
  readonly components: readonly string[];
  readonly processes: readonly string[];
  readonly initial: readonly unknown[];
  /** The weakly fair processes: all CPUs, and the processes that declare it. */
  readonly fair: readonly number[];
  readonly symmetry: Symmetry | undefined;
  readonly #layout: Layout;
  readonly #resumer: Resumer;
  /** Every activation of its kernel functions that was asked so far. */
  readonly asked = () => this.#resumer.asked;

  constructor(system: System) {
    this.system = system;
    this.components = Object.keys(system.reset);
    this.#layout = {
      components: this.components,
      index: new Map(this.components.map((name, i) => [name, i])),
      configuration: system.configuration,
      events: system.events,
      listeners: system.listeners ?? [],
    };
    this.#resumer = new Resumer(system.functions, system.anew);
    this.processes = [
      ...system.processors.map((processor) => `cpu${processor.cpu}`),
      ...system.processes.map((process) => process.name),
    ];
    mustDiffer(this.processes);
    const processes = [...system.processors.map(() => ({ fair: true })), ...system.processes];
    this.fair = processes.flatMap(({ fair }, i) => (fair === true ? [i] : []));
    this.initial = this.#boot(this.components.map((name) => resetOf(system, name)));
    this.symmetry = system.symmetry && symmetryOf(system.symmetry, this.components, this.processes);
  }

  /** The state after boot: each CPU has run its kernel code to the end. */
  get initialState(): State {
    return this.#stateOf(this.initial);
  }

  /** The enabled steps of a state, in the order that breaks ties, with their successor states. */
  enabledSteps(state: State): readonly EnabledStep[] {
    const values = this.components.map((name) => state[name]);
    return this.processes.flatMap((_, process) =>
      this.run(process, (component) => values[component]).map(({ label, observations, writes }) => ({
        label,
        observations,
        next: this.#stateOf(apply(values, writes)),
      })),
    );
  }

  /** A view of a state, for properties and signals. */
  viewOf(state: State): StepView {
    return this.view((component) => state[this.components[component] ?? ""]);
  }

  view(read: Read): StepView {
    return new StepView(this.#layout, read);
  }

  /**
   * The steps of a process in the state that `read` reads, in the order that breaks ties. Throws PMC207 for whatever the
   * model throws without a code. So `read` must throw no error of a search: it would count as the model's.
   */
  run(process: number, read: Read): readonly LabelledOutcome[] {
    const name = this.processes[process];
    if (name === undefined) throw new RangeError(`there is no process ${process}`);
    const doing = new Doing(name);
    return blaming(
      "PMC207",
      () => doing.text,
      () => this.#outcomes(process, read, doing),
    );
  }

  #outcomes(process: number, read: Read, doing: Doing): readonly LabelledOutcome[] {
    const { processors, processes } = this.system;
    const processor = processors[process];
    // A process with a name is a processor or a process of the system.
    return processor === undefined
      ? this.#runProcess(processes[process - processors.length] as Process, read, doing)
      : this.#runProcessor(processor, read, doing);
  }

  #runProcess(process: Process, read: Read, doing: Doing): readonly LabelledOutcome[] {
    doing.what = "alternatives()";
    return listOf(process.alternatives(this.view(read))).map((alternative) => {
      const view = this.view(read);
      doing.view = view;
      doing.what = `'${alternative.name}'`;
      const detail: unknown = alternative.perform(view);
      if (detail instanceof Promise) throw asynchronous("perform()", detail);
      const text = typeof detail === "string" ? detail : alternative.name;
      const label: StepLabel = {
        process: process.name,
        choice: alternative.name,
        cpu: process.cpu,
        level: undefined,
        events: [{ kind: "hardware", text }],
      };
      view.freezeWrites();
      return { writes: view.writes, observations: view.observations, label };
    });
  }

  #runProcessor(processor: Processor, read: Read, doing: Doing): readonly LabelledOutcome[] {
    const outcomes: LabelledOutcome[] = [];
    // One run per choice: a run performs the operation, and its view then has the writes of that choice.
    for (let choices = 1, at = 0; at < choices; at++) {
      const step = this.#step(processor, read, doing, at, false);
      if (step === undefined) return [];
      if (step.hasCopies) mustBeTheSame(step, this.#step(processor, read, doing, at, true));
      choices = step.choices;
      if (step.outcome !== undefined) outcomes.push(step.outcome);
    }
    return outcomes;
  }

  /** The step of a CPU with one of its choices; undefined if it can take none. */
  #step(
    processor: Processor,
    read: Read,
    doing: Doing,
    at: number,
    isAnew: boolean,
  ): ProcessorStep | undefined {
    const view = this.view(read);
    doing.view = view;
    doing.what = "the stack";
    const execution = new Execution(this.#resumer, processor, view, doing, isAnew);
    if (view.read(processor.execution).stack.length === 0) {
      doing.what = "body()";
      const body = processor.body(view);
      if (body === undefined) return undefined;
      execution.start(body);
    }
    doing.what = "mayExecute()";
    const may: unknown = processor.mayExecute(view);
    if (may instanceof Promise) throw asynchronous("mayExecute()", may);
    if (may !== true) return undefined;
    doing.what = "level()";
    const level = processor.level(view);
    const due = execution.settle();
    let choices: readonly string[] = [""];
    if (due !== undefined) {
      const { hasCopies } = execution;
      if (!execution.isEnabled(due)) return { hasCopies, due, choices: 0, outcome: undefined };
      choices = execution.choicesOf(due);
      execution.perform(due, choices[at] ?? "");
      execution.settle();
    }
    doing.what = "afterStep()";
    processor.afterStep?.(view);
    const label = {
      process: `cpu${processor.cpu}`,
      choice: due === undefined ? "" : (choices[at] ?? ""),
      cpu: processor.cpu,
      level,
      events: execution.events,
    };
    doing.what = due === undefined ? "the step" : `the step of ${due.operation.name}()`;
    view.freezeWrites();
    const outcome = { writes: view.writes, observations: view.observations, label };
    return { hasCopies: execution.hasCopies, due, choices: choices.length, outcome };
  }

  /** Runs the CPUs, and no other process, until none is enabled. There must be no choice on the way. */
  #boot(reset: readonly unknown[]): readonly unknown[] {
    let values = reset;
    for (let steps = 0; steps < BOOT_LIMIT; steps++) {
      const outcome = this.#bootStep(values);
      if (outcome === undefined) return values;
      values = apply(values, outcome.writes);
    }
    throw new PmucheckError("PMC203", `the system did not come to rest within ${BOOT_LIMIT} steps of boot`);
  }

  #bootStep(values: readonly unknown[]): Outcome | undefined {
    for (const process of this.system.processors.keys()) {
      const [outcome, other] = this.run(process, (component) => values[component]);
      if (other !== undefined) {
        const { process: who, choice } = other.label;
        throw new PmucheckError(
          "PMC207",
          `${who} has a choice at boot, '${choice}': a system boots in one way`,
        );
      }
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  }

  #stateOf(values: readonly unknown[]): State {
    return Object.fromEntries(this.components.map((name, i) => [name, values[i]]));
  }
}

/** Of a process in JavaScript, which is not type-checked. */
function listOf<T>(of: readonly T[]): readonly T[] {
  const made: unknown = of;
  if (made instanceof Promise) throw asynchronous("alternatives()", made);
  if (!Array.isArray(made)) throw new TypeError("alternatives() returned no list");
  return of;
}

/** Throws PMC207 for two processes of one name: a path would not say which of them moved. */
function mustDiffer(names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new PmucheckError("PMC207", `two processes are called '${twice}'`);
}

/** What one run of a CPU's step came to. */
interface ProcessorStep {
  /** Was there an operation in it of which there are copies? */
  readonly hasCopies: boolean;
  readonly due: Due | undefined;
  /** How many ways it can go. */
  readonly choices: number;
  /** Undefined if the CPU waits. */
  readonly outcome: LabelledOutcome | undefined;
}

/** Throws PMC201 if the step with operations that were just loaded is another one. */
function mustBeTheSame(step: ProcessorStep, anew: ProcessorStep | undefined): void {
  if (contentOf(step) === contentOf(anew)) return;
  throw new PmucheckError(
    "PMC201",
    `${step.due?.operation.name ?? "the CPU"}() is not deterministic: reading the same, it did something else; does an ` +
      "operation of the fix use a variable outside of itself?",
  );
}

/** Undefined for no step at all. */
function contentOf(step: ProcessorStep | undefined): string | undefined {
  if (step === undefined) return undefined;
  const { choices, outcome } = step;
  return keyOf([choices, [...(outcome?.writes ?? [])], outcome?.observations ?? [], outcome?.label.choice]);
}

function resetOf({ reset }: System, name: string): unknown {
  return blaming(
    "PMC207",
    () => `the reset of ${name}`,
    () => frozen(reset[name]),
  );
}

function apply(values: readonly unknown[], writes: ReadonlyMap<number, unknown>): readonly unknown[] {
  const next = values.slice();
  for (const [component, value] of writes) next[component] = value;
  return next;
}
