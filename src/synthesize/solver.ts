/**
 * The solver: the next set of edits that no clause forbids, smallest first.
 *
 * A search for hitting sets. It starts with no edit. If a clause forbids the set so far, one of the edits that the clause
 * asks for must be added; each is tried, and is out of the question for the ones tried after it. Edits are never dropped
 * again, so nothing is tried twice and nothing is missed. Among the clauses that forbid it takes one with the fewest ways
 * out, and gives up where clauses that have no edit in common ask for more edits than there is room for.
 *
 * Clauses may be added while it goes: what was given up stays so, because a clause forbids more and allows nothing.
 */
import { bitsOf, NO, setBit, YES, type Clause } from "./clause.js";

export class Solver {
  readonly #size: number;
  #words: Int32Array;
  #count = 0;

  /** `edits`: how many there are. */
  constructor(edits: number, clauses: readonly Clause[]) {
    this.#size = edits;
    this.#words = new Int32Array(4096);
    for (const one of clauses) this.add(one);
  }

  add({ words }: Clause): void {
    if (this.#count * 4 === this.#words.length) {
      const larger = new Int32Array(this.#words.length * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words.set(words, this.#count * 4);
    this.#count++;
  }

  /** A set of at most `most` edits that no clause forbids; undefined if there is none. The same every time. */
  next(most: number = this.#size): number[] | undefined {
    const { value } = this.sets(most).next();
    return value ?? undefined;
  }

  /**
   * The sets of at most `most` edits that no clause forbids, one after another. A clause that forbids the last one must be added
   * before the next is asked for.
   */
  sets(most: number): Generator<number[], undefined> {
    return this.#extend(0, 0, 0, 0, most);
  }

  /** The set so far (`on`), and the edits that are out of the question (`off`), as words. `room`: edits to add at most. */
  *#extend(
    onLow: number,
    onHigh: number,
    offLow: number,
    offHigh: number,
    room: number,
  ): Generator<number[], undefined> {
    let asked = this.#mostUrgent(onLow, onHigh, offLow, offHigh, room);
    while (asked === undefined) {
      yield bitsOf(onLow, onHigh);
      asked = this.#mostUrgent(onLow, onHigh, offLow, offHigh, room);
    }
    if (asked === "none") return undefined;
    let [low, high] = [offLow, offHigh];
    const one = new Int32Array(2);
    for (const edit of asked) {
      one.fill(0);
      setBit(one, 0, edit);
      const [bitLow, bitHigh] = [one[0] ?? 0, one[1] ?? 0];
      yield* this.#extend(onLow | bitLow, onHigh | bitHigh, low, high, room - 1);
      low |= bitLow;
      high |= bitHigh;
    }
    return undefined;
  }

  /** The edits that the most urgent clause asks for; "none" if there is no way on; undefined if no clause forbids. */
  #mostUrgent(
    onLow: number,
    onHigh: number,
    offLow: number,
    offHigh: number,
    room: number,
  ): readonly number[] | "none" | undefined {
    const words = this.#words;
    let [bestLow, bestHigh, fewest] = [0, 0, Infinity];
    // Clauses that forbid and share no way out with each other: each takes an edit of its own.
    let [takenLow, takenHigh, apart] = [0, 0, 0];
    for (let at = 0, end = this.#count * 4; at < end; at += 4) {
      const [yesLow, yesHigh] = [words[at + YES] ?? 0, words[at + YES + 1] ?? 0];
      if ((yesLow & ~onLow) !== 0 || (yesHigh & ~onHigh) !== 0) continue;
      const [noLow, noHigh] = [words[at + NO] ?? 0, words[at + NO + 1] ?? 0];
      if ((noLow & onLow) !== 0 || (noHigh & onHigh) !== 0) continue;
      const [low, high] = [noLow & ~offLow, noHigh & ~offHigh];
      const ways = bitCount(low) + bitCount(high);
      if (ways === 0) return "none";
      if ((low & takenLow) === 0 && (high & takenHigh) === 0) {
        takenLow |= low;
        takenHigh |= high;
        apart++;
        if (apart > room) return "none";
      }
      if (ways < fewest) [bestLow, bestHigh, fewest] = [low, high, ways];
    }
    return fewest === Infinity ? undefined : bitsOf(bestLow, bestHigh);
  }
}

function bitCount(word: number): number {
  let left = word - ((word >>> 1) & 0x5555_5555);
  left = (left & 0x3333_3333) + ((left >>> 2) & 0x3333_3333);
  return (((left + (left >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}
