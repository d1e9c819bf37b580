/**
 * The machine: the reference semantics of a system.
 *
 * One public question: given a state, which labelled steps are enabled, and what are their successor states?
 * The search engine asks the same question through {@link Machine.run}, component by component.
 */
import { PmucheckError } from "../spec/errors.js";
import type { Observation } from "../spec/observation.js";
import { showPermutation, type Permutation, type Symmetry } from "../spec/symmetry.js";
import type { Level, Process, Processor, State, System, SystemSymmetry } from "../spec/system.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";
import { frozen } from "../spec/value.js";
import { Execution, type StepEvent } from "./execute.js";
import { Resumer } from "./resume.js";
import { StepView, type Layout } from "./view.js";

/** Who takes a step, and what happens in it. */
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

/** An enabled step of a state and where it leads. */
export interface EnabledStep {
  readonly label: StepLabel;
  readonly observations: readonly Observation[];
  readonly next: State;
}

/** Booting takes at most this many steps; a machine that needs more does not come to rest. */
const BOOT_LIMIT = 100_000;

export class Machine implements TransitionSystem<LabelledOutcome> {
  readonly system: System;
  readonly components: readonly string[];
  readonly processes: readonly string[];
  readonly initial: readonly unknown[];
  /** A CPU goes on executing; so does every process that says so of itself. */
  readonly fair: readonly number[];
  readonly symmetry: Symmetry | undefined;
  readonly #layout: Layout;
  readonly #resumer: Resumer;

  constructor(system: System) {
    this.system = system;
    this.components = Object.keys(system.reset);
    this.#layout = {
      index: new Map(this.components.map((name, i) => [name, i])),
      configuration: system.configuration,
      events: system.events,
    };
    this.#resumer = new Resumer(system.functions);
    this.processes = [
      ...system.processors.map((processor) => `cpu${processor.cpu}`),
      ...system.processes.map((process) => process.name),
    ];
    const processes = [...system.processors.map(() => ({ fair: true })), ...system.processes];
    this.fair = processes.flatMap(({ fair }, i) => (fair === true ? [i] : []));
    this.initial = this.#boot(this.components.map((name) => frozen(system.reset[name])));
    this.symmetry = system.symmetry && this.#symmetry(system.symmetry);
  }

  /** The state after boot: every CPU has run its kernel code until it had none left. */
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

  /** A view of a state for predicates and signals. */
  viewOf(state: State): StepView {
    return this.view((component) => state[this.components[component] ?? ""]);
  }

  view(read: (component: number) => unknown): StepView {
    return new StepView(this.#layout, read);
  }

  run(process: number, read: (component: number) => unknown): readonly LabelledOutcome[] {
    const processor = this.system.processors[process];
    if (processor !== undefined) return this.#runProcessor(processor, read);
    const other = this.system.processes[process - this.system.processors.length];
    if (other === undefined) throw new RangeError(`there is no process ${process}`);
    return this.#runProcess(other, read);
  }

  #runProcess(process: Process, read: (component: number) => unknown): readonly LabelledOutcome[] {
    return process.alternatives(this.view(read)).map((alternative) => {
      const view = this.view(read);
      const detail = alternative.perform(view);
      const text = detail ?? alternative.name;
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

  #runProcessor(processor: Processor, read: (component: number) => unknown): readonly LabelledOutcome[] {
    const outcomes: LabelledOutcome[] = [];
    // Each choice is a run of its own, because a view can be written only once.
    for (let choices = 1, at = 0; at < choices; at++) {
      const view = this.view(read);
      const execution = new Execution(this.#resumer, processor, view);
      if (view.read(processor.execution).stack.length === 0) {
        const body = processor.body(view);
        if (body === undefined) return [];
        execution.start(body);
      }
      if (!processor.mayExecute(view)) return [];
      const level = processor.level(view);
      const due = execution.settle();
      let choice = "";
      if (due !== undefined) {
        const { operation, arguments: args } = due;
        // The typed wrapper made by `operation()` is the only source of these arguments.
        if (operation.enabled?.(view, processor.cpu, ...(args as never)) === false) return [];
        const names = operation.choices?.(view, processor.cpu, ...(args as never)) ?? [""];
        choices = names.length;
        choice = names[at] ?? "";
        execution.perform(operation, args, choice);
        execution.settle();
      }
      processor.afterStep?.(view);
      const label = {
        process: `cpu${processor.cpu}`,
        choice,
        cpu: processor.cpu,
        level,
        events: execution.events,
      };
      view.freezeWrites();
      outcomes.push({ writes: view.writes, observations: view.observations, label });
    }
    return outcomes;
  }

  #symmetry({ generators, name, value }: SystemSymmetry): Symmetry {
    const placesOf = (names: readonly string[], permutation: Permutation): number[] =>
      names.map((one) => {
        const place = names.indexOf(name(one, permutation));
        if (place >= 0) return place;
        const exchanged = `${one} becomes ${name(one, permutation)} by ${showPermutation(permutation)}`;
        throw new PmucheckError("PMC206", `${exchanged}, which the system does not have`);
      });
    return {
      generators,
      renaming: (permutation) => ({
        permutation,
        components: placesOf(this.components, permutation),
        processes: placesOf(this.processes, permutation),
        value: (component, of) => frozen(value(this.components[component] ?? "", of, permutation)),
      }),
    };
  }

  /** Lets the CPUs, and nothing else, run until none can; that must go in exactly one way. */
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
    for (const processor of this.system.processors) {
      const [outcome, other] = this.#runProcessor(processor, (component) => values[component]);
      if (other !== undefined)
        throw new Error(`boot has a choice on cpu${processor.cpu}: ${other.label.choice}`);
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  }

  #stateOf(values: readonly unknown[]): State {
    return Object.fromEntries(this.components.map((name, i) => [name, values[i]]));
  }
}

function apply(values: readonly unknown[], writes: ReadonlyMap<number, unknown>): readonly unknown[] {
  const next = values.slice();
  for (const [component, value] of writes) next[component] = value;
  return next;
}
