/**
 * Lines by sort: a step of one of these sorts is made by the same line, whoever takes it. So a step that is taken in the page
 * has the line of such steps in the page's traces, and in the walks at random that looked for more.
 */
import { sortOf } from "./facts.js";
import type { LineOfSort, Offer, PageEntry, StepFacts, StepSource } from "./page-document.js";

export class Lines {
  /** Null for a sort that several lines make. */
  readonly #known = new Map<string, StepSource | null>();

  learn({ sort, source }: LineOfSort): void {
    const known = this.#known.get(sort);
    const isSame = known === undefined || (known?.file === source.file && known.line === source.line);
    this.#known.set(sort, isSame ? source : null);
  }

  learnEntry({ trace, facts, lines }: PageEntry): void {
    for (const line of lines) this.learn(line);
    for (const [at, step] of (facts?.steps ?? []).entries()) {
      const offer = step.offers[trace.steps[at]?.index ?? 0];
      if (step.source && offer !== undefined) this.learn({ sort: sortOf(offer), source: step.source });
    }
  }

  /** `offer`: the step among what could happen. */
  of(step: StepFacts, offer: Offer | undefined): StepSource | undefined {
    return step.source ?? (offer && this.#known.get(sortOf(offer))) ?? undefined;
  }

  /** Those of sorts that one line alone makes. */
  get all(): readonly LineOfSort[] {
    return [...this.#known].flatMap(([sort, source]) => (source === null ? [] : [{ sort, source }]));
  }
}
