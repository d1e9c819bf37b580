/**
 * States to be looked for again later: some from all over the search, however long it gets.
 */
import type { Ids } from "./kept-states.js";

/** Families of states: an audited one and those that it leads to. */
const MOST = 8;

export class Remembered {
  /** Every so many are taken. */
  #every = 1;
  #met = 0;
  #families: (readonly Ids[])[] = [];

  add(family: readonly Ids[]): void {
    if (this.#met++ % this.#every !== 0) return;
    if (this.#families.length === MOST) {
      this.#families = this.#families.filter((_, i) => i % 2 === 0);
      this.#every *= 2;
      if ((this.#met - 1) % this.#every !== 0) return;
    }
    this.#families.push(family);
  }

  *[Symbol.iterator](): Generator<Ids> {
    for (const family of this.#families) yield* family;
  }
}
