/**
 * Sightings: what a search by cost has met of what it looks for, and the ways there.
 *
 * A way is looked for when the layer is done in which its end was met, and not at once: the search is in the middle of
 * something then, and it may take as long as the search has.
 */
import type { CheapestPath, Place } from "./backward-path.js";
import type { Break, PathStep } from "../api/result.js";

/** How a goal is broken. */
export interface Broken extends Place {
  /** Which of the goal's rules. */
  readonly rule: number;
  /** The step from that place on that breaks it; undefined if the state there does. */
  readonly step: PathStep | undefined;
}

export class Sightings {
  /** The first cheapest path that breaks a goal, by goal; undefined also while it was not looked for. */
  readonly breaks: (Break | undefined)[];
  /** The same to a state from which nothing can happen. */
  stuck: readonly PathStep[] | undefined;
  readonly #broken: (Broken | undefined)[];
  #end: Place | undefined;

  constructor(goals: number) {
    this.breaks = Array.from({ length: goals }, () => undefined);
    this.#broken = Array.from({ length: goals }, () => undefined);
  }

  isBroken(goal: number): boolean {
    return this.#broken[goal] !== undefined;
  }

  get isStuck(): boolean {
    return this.#end !== undefined;
  }

  noteBroken(goal: number, broken: Broken): void {
    this.#broken[goal] = broken;
  }

  noteStuck(end: Place): void {
    this.#end = end;
  }

  /** Looks for the ways to what was met since the last time. */
  *findPaths(paths: CheapestPath): Generator<undefined, void> {
    for (const [goal, broken] of this.#broken.entries()) {
      if (broken === undefined || this.breaks[goal] !== undefined) continue;
      const { rule, step } = broken;
      const path = yield* paths.to(broken);
      this.breaks[goal] = { rule, path: step === undefined ? path : [...path, step] };
    }
    if (this.#end !== undefined) this.stuck ??= yield* paths.to(this.#end);
  }
}
