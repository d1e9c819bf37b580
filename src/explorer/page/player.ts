/**
 * The player: the model of an entry, and paths on it that need not be the entry's.
 */
import { Machine } from "../../runtime/machine.js";
import type { Property } from "../../spec/property.js";
import type { State } from "../../spec/system.js";
import { costsOf } from "../../trace/cost.js";
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { breakOf, initialSignals, traceStep } from "../../trace/record.js";
import { initialLeaves, offersIn, stepFacts } from "../play/facts.js";
import type { NamedStep, PageEntry, StepFacts, TraceFacts } from "../play/page-document.js";
import type { Models } from "../own/models.js";
import { imitate, type Imitation } from "../play/imitation.js";
import { Playback } from "../play/playback.js";

/** A path, with what is known of each of its steps. */
export interface Line {
  readonly trace: TraceDocument;
  readonly facts: TraceFacts | null;
}

/** More steps of a CPU at once would hide what happens. */
const MOST_RUN = 200;

export class Player {
  readonly machine: Machine;
  readonly property: Property;
  readonly #playback: Playback;
  readonly #entry: PageEntry;

  /** Throws for an entry that cannot be played. */
  constructor(entry: PageEntry, models: Models) {
    const { system, property } = models.modelOf(entry.trace);
    this.#entry = entry;
    this.machine = new Machine(system);
    this.property = property;
    this.#playback = new Playback(this.machine);
  }

  /** The path of no step. */
  get start(): Line {
    return { trace: this.#traceOf([], "none"), facts: this.#factsOf([], this.machine.initialState) };
  }

  stateAfter({ trace }: Line, column: number): State {
    return this.#playback.stateAfter(trace.steps, column);
  }

  /** The line up to a column, and then these steps, by their positions among the enabled ones; as far as they are enabled. */
  fork(line: Line, column: number, indices: readonly number[]): Line {
    const steps = line.trace.steps.slice(0, column);
    const facts: StepFacts[] = (line.facts?.steps ?? []).slice(0, column);
    let state = this.stateAfter(line, column);
    let rule = "none";
    for (const index of indices) {
      const taken = this.machine.enabledSteps(state)[index];
      if (taken === undefined || rule !== "none") break;
      const step = traceStep(this.machine, state, taken, index);
      steps.push(step);
      facts.push(stepFacts(this.machine, state, taken.next, step));
      state = taken.next;
      rule = this.#ruleBrokenBy(step, state) ?? "none";
    }
    return { trace: this.#traceOf(steps, rule), facts: this.#factsOf(facts, state) };
  }

  /** The CPU's steps from a column up to where another process can do what it could not do before, as positions. */
  run(line: Line, column: number): number[] {
    let state = this.stateAfter(line, column);
    const before = this.#othersIn(state);
    const indices: number[] = [];
    while (indices.length < MOST_RUN) {
      const enabled = this.machine.enabledSteps(state);
      const index = enabled.findIndex(({ label }) => label.level !== undefined);
      const taken = enabled[index];
      if (taken === undefined) break;
      indices.push(index);
      state = taken.next;
      const isNew = [...this.#othersIn(state)].some((name) => !before.has(name));
      if (isNew || this.#ruleBrokenBy(taken, state) !== undefined) break;
    }
    return indices;
  }

  /** The steps that another path takes from a column on, as far as they can be taken here, as positions. */
  follow(line: Line, column: number, steps: readonly NamedStep[]): number[] {
    let state = this.stateAfter(line, column);
    const indices: number[] = [];
    for (const { process, choice } of steps.slice(column)) {
      const enabled = this.machine.enabledSteps(state);
      const index = enabled.findIndex(({ label }) => label.process === process && label.choice === choice);
      const taken = enabled[index];
      if (taken === undefined) break;
      indices.push(index);
      state = taken.next;
    }
    return indices;
  }

  /** The decisions of another driver's trace, as far as they can be taken here. */
  imitate(steps: readonly TraceStep[]): Imitation {
    return imitate(this.machine, steps, (taken) => this.#ruleBrokenBy(taken, taken.next) !== undefined);
  }

  /** What other processes than CPUs can do. */
  #othersIn(state: State): ReadonlySet<string> {
    const others = this.machine.enabledSteps(state).filter(({ label }) => label.level === undefined);
    return new Set(others.map(({ label }) => `${label.process}: ${label.choice}`));
  }

  #ruleBrokenBy({ observations }: Pick<TraceStep, "observations">, after: State): string | undefined {
    return breakOf(this.machine, this.property, observations, this.machine.viewOf(after))?.rule;
  }

  #traceOf(steps: readonly TraceStep[], rule: string): TraceDocument {
    const initial = initialSignals(this.machine);
    const cost = costsOf(steps.flatMap(({ observations }) => observations));
    return { ...this.#entry.trace, steps, rule, initial, cost, loop: null, epilogue: null };
  }

  #factsOf(steps: readonly StepFacts[], last: State): TraceFacts {
    const { machine } = this;
    const initial = initialLeaves(machine);
    return { components: machine.components, initial, steps, after: offersIn(machine, last) };
  }
}
