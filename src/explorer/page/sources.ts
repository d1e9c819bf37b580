/**
 * Lines of steps that are taken in the page: the page has the lines of its traces' steps, and a step of one of these sorts
 * is made by the same line.
 */
import { withoutValues } from "../play/alignment.js";
import type { PageEntry, StepFacts, StepSource } from "../play/page-document.js";

export class Sources {
  /** By sort; null for a sort that several lines make. */
  readonly #known = new Map<string, StepSource | null>();

  constructor(entries: readonly PageEntry[]) {
    for (const { trace, facts } of entries) {
      for (const [at, step] of (facts?.steps ?? []).entries()) {
        const index = trace.steps[at]?.index ?? 0;
        if (step.source) this.#learn(sortOf(step, index), step.source);
      }
    }
  }

  /** `index`: of the step among what could happen. */
  of(step: StepFacts, index: number): StepSource | undefined {
    return step.source ?? this.#known.get(sortOf(step, index)) ?? undefined;
  }

  #learn(sort: string, source: StepSource): void {
    const known = this.#known.get(sort);
    const isSame = known === undefined || (known?.file === source.file && known.line === source.line);
    this.#known.set(sort, isSame ? source : null);
  }
}

function sortOf({ offers }: StepFacts, index: number): string {
  const offer = offers[index];
  if (offer === undefined) return "";
  const { process, choice, text, within } = offer;
  return within === null ? `${process.replace(/\d+$/, "")}: ${choice}` : `${within}: ${withoutValues(text)}`;
}
