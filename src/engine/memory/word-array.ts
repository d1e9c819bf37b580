/**
 * Lists of 32-bit words, of a fixed length: in the arena, so that the limit on memory is about them too, or in an array.
 */

/** What the words are in. It may move: a view of it must not be kept. */
export interface Words {
  readonly words: Int32Array;
}

export class WordList {
  readonly length: number;
  readonly #in: Words;
  readonly #first: number;

  /** @param address of the first word, in bytes */
  constructor(memory: Words, address: number, length: number) {
    this.#in = memory;
    this.#first = address >>> 2;
    this.length = length;
  }

  get(index: number): number {
    return this.#in.words[this.#first + index] as number;
  }

  set(index: number, value: number): void {
    this.#in.words[this.#first + index] = value;
  }

  fill(value: number): void {
    this.#in.words.fill(value, this.#first, this.#first + this.length);
  }
}

/** A list in an array of its own, all 0. */
export function wordsApart(length: number): WordList {
  return new WordList({ words: new Int32Array(length) }, 0, length);
}
