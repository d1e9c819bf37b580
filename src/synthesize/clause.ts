/**
 * Clauses: what a set of edits must not be.
 *
 * A clause forbids every set that has all of `yes` and none of `no`: drop one of `yes`, or add one of `no`. A cube of
 * refuted candidates, the set of all that agree with one of them on the edits that matter, is a clause.
 */

export interface Clause {
  readonly yes: readonly number[];
  readonly no: readonly number[];
  /** The same as bits: two words each, edits 0 to 30 and 31 to 61. */
  readonly words: Int32Array;
}

const WORD = 31;

/** Positions of the four words. */
export const YES = 0;
export const NO = 2;

export function clause(yes: readonly number[], no: readonly number[]): Clause {
  const words = new Int32Array(4);
  for (const at of yes) setBit(words, YES, at);
  for (const at of no) setBit(words, NO, at);
  return { yes, no, words };
}

/** Sets the bit of an edit in the two words from `from` on. */
export function setBit(words: Int32Array, from: number, at: number): void {
  const word = from + (at < WORD ? 0 : 1);
  words[word] = (words[word] ?? 0) | (1 << (at % WORD));
}

/** The edits whose bits are set, ascending. */
export function bitsOf(low: number, high: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < WORD; at++) if ((low & (1 << at)) !== 0) found.push(at);
  for (let at = 0; at < WORD; at++) if ((high & (1 << at)) !== 0) found.push(at + WORD);
  return found;
}

/** Does the clause forbid the set? */
export function forbids({ yes, no }: Clause, set: readonly number[]): boolean {
  return yes.every((at) => set.includes(at)) && !no.some((at) => set.includes(at));
}
