/**
 * Causes: who wrote a value last, and who wrote what that step had read.
 *
 * What a step reads is measured, component by component. So the chain may name more than the step used, and never less.
 */
import type { StepFacts, TraceFacts } from "./page-document.js";

/** The last change of a value: by a step, or by nobody since the beginning. */
export interface Written {
  readonly name: string;
  readonly value: string;
  /** Null: it is as it was in the initial state. */
  readonly by: { readonly step: number; readonly from: string } | null;
}

export class Causes {
  readonly #facts: TraceFacts;
  /** By name, the steps that wrote the value, in order. */
  readonly #writers = new Map<
    string,
    { readonly step: number; readonly from: string; readonly to: string }[]
  >();

  constructor(facts: TraceFacts) {
    this.#facts = facts;
    facts.steps.forEach(({ writes }, i) => {
      for (const { name, from, to } of writes) {
        const known = this.#writers.get(name);
        const writer = { step: i + 1, from, to };
        if (known === undefined) this.#writers.set(name, [writer]);
        else known.push(writer);
      }
    });
  }

  /** Every value there is, as it is after so many steps. */
  valuesAt(column: number): Written[] {
    const names = new Set([...Object.keys(this.#facts.initial), ...this.#writers.keys()]);
    return [...names].map((name) => this.valueAt(name, column));
  }

  valueAt(name: string, column: number): Written {
    const by = this.#writers.get(name)?.findLast(({ step }) => step <= column);
    return {
      name,
      value: by?.to ?? this.#facts.initial[name] ?? "nothing",
      by: by === undefined ? null : { step: by.step, from: by.from },
    };
  }

  /** What the step read that somebody had written before, last written first. */
  readBy(step: number): Written[] {
    const facts: StepFacts | undefined = this.#facts.steps[step - 1];
    const components = new Set(facts?.reads.map((component) => this.#facts.components[component] ?? ""));
    return [...this.#writers.keys()]
      .filter((name) => components.has(this.#componentOf(name)))
      .map((name) => this.valueAt(name, step - 1))
      .filter(({ by }) => by !== null)
      .sort((a, b) => (b.by?.step ?? 0) - (a.by?.step ?? 0));
  }

  #componentOf(name: string): string {
    const found = this.#facts.components.filter((of) => name === of || name.startsWith(`${of}.`));
    return found.sort((a, b) => b.length - a.length)[0] ?? name;
  }
}
