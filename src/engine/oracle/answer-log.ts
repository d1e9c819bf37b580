/**
 * Everything that was learned, in the order in which it was, as numbers: the tables are made from it again for every
 * layout, and a checkpoint knows by it what was asked.
 *
 *   answer   | words, these included | table | reads | component | id | ... | moves | move | ... |
 *   move     | broken | witnessed | cyclic | cost | writes | component | id | ... |
 */
import type { Answer } from "./answer.js";

/** The words of an answer, and of a move, by place. */
export const LOGGED = { words: 0, table: 1, reads: 2, footprint: 3 } as const;
export const LOGGED_MOVE = { broken: 0, witnessed: 1, cyclic: 2, cost: 3, writes: 4, written: 5 } as const;

const INITIAL_WORDS = 1 << 12;

export class AnswerLog {
  /** Words that are used. */
  length = 0;
  #words = new Int32Array(INITIAL_WORDS);

  get words(): Int32Array {
    return this.#words;
  }

  /** @param footprint component, id, component, id ... in the order of reading */
  push(table: number, footprint: readonly number[], answer: Answer): void {
    const start = this.length;
    this.#makeRoom(start + LOGGED.footprint + footprint.length + 1);
    this.length += 1;
    this.#put(table, footprint.length / 2, ...footprint, answer.length);
    for (const { broken, witnessed, cyclic, cost, writes } of answer) {
      this.#makeRoom(this.length + LOGGED_MOVE.written + writes.length);
      this.#put(broken, witnessed, cyclic, cost, writes.length / 2, ...writes);
    }
    this.#words[start] = this.length - start;
  }

  #put(...values: readonly number[]): void {
    for (const value of values) this.#words[this.length++] = value;
  }

  #makeRoom(words: number): void {
    if (words <= this.#words.length) return;
    const larger = new Int32Array(Math.max(words, 2 * this.#words.length));
    larger.set(this.#words);
    this.#words = larger;
  }
}
