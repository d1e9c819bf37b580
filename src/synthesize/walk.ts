/**
 * Walks: an execution of a machine step by step, by raw values, and how it is led along the execution of another one.
 *
 * A step is *pure* if it changes nothing but what this CPU remembers: a load, a barrier that has nothing to do. Whether a
 * pure step is there, and when it is taken, nobody else can tell.
 */
import type { LabelledOutcome, Machine } from "../runtime/machine.js";
import type { Execution } from "../spec/system.js";

/** A step that another execution took. */
export interface GuideStep {
  /** The process, by its position. */
  readonly process: number;
  readonly choice: string;
  /** What others can see of it. */
  readonly text: string;
  readonly pure: boolean;
}

/** More pure steps in a row are not looked through. */
const LOOK_AHEAD = 80;

export class Walk {
  readonly machine: Machine;
  readonly values: unknown[];
  readonly #stacks: ReadonlySet<number>;

  /** From the initial state on, or from another one. */
  constructor(machine: Machine, from: readonly unknown[] = machine.initial) {
    this.machine = machine;
    this.values = [...from];
    this.#stacks = stacksOf(machine);
  }

  readonly read = (component: number): unknown => this.values[component];

  /** What a process can do next. */
  outcomes(process: number): readonly LabelledOutcome[] {
    return this.machine.run(process, this.read);
  }

  take(outcome: LabelledOutcome): void {
    for (const [component, value] of outcome.writes) this.values[component] = value;
  }

  isPure({ writes, observations }: LabelledOutcome): boolean {
    if (observations.length > 0) return false;
    for (const [component, value] of writes) {
      if (!this.#stacks.has(component) || !sameButStack(value, this.values[component])) return false;
    }
    return true;
  }

  /** The functions on all stacks. */
  *functions(): Generator<string> {
    for (const component of this.#stacks) {
      for (const { function: name } of (this.values[component] as Execution).stack) yield name;
    }
  }

  guideOf(process: number, outcome: LabelledOutcome): GuideStep {
    return { process, choice: outcome.label.choice, text: textOf(outcome), pure: this.isPure(outcome) };
  }

  /** The steps by which the process reaches one that matches, through pure ones; undefined if it does not. */
  reach(process: number, matches: (of: LabelledOutcome) => boolean): readonly LabelledOutcome[] | undefined {
    const ahead = this.copy();
    const steps: LabelledOutcome[] = [];
    for (let turn = 0; turn < LOOK_AHEAD; turn++) {
      const outcomes = ahead.outcomes(process);
      const found = outcomes.find(matches);
      if (found !== undefined) return [...steps, found];
      const [only, other] = outcomes;
      if (only === undefined || other !== undefined || !ahead.isPure(only)) return undefined;
      steps.push(only);
      ahead.take(only);
    }
    return undefined;
  }

  copy(): Walk {
    return new Walk(this.machine, this.values);
  }
}

/** The components that hold a CPU's stack, with its other registers. */
function stacksOf({ system, components }: Machine): ReadonlySet<number> {
  return new Set(system.processors.map(({ execution }) => components.indexOf(execution.name)));
}

/** Are two values of a component that holds a stack the same in all else? Parts that were not changed are one object. */
function sameButStack(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return one === other;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return Object.keys(a).every((key) => key === "stack" || a[key] === b[key]);
}

/** A value without the stack in it, for comparison between machines. */
export function withoutStack(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("stack" in value)) return value;
  const { stack: _, ...rest } = value;
  return rest;
}

export function textOf({ label: { events } }: LabelledOutcome): string {
  return events
    .flatMap((event) =>
      event.kind === "hardware" || (event.kind === "access" && !event.local) ? [event.text] : [],
    )
    .join(", ");
}
