/**
 * Which states of a search are audited: one of every so many rows, more of the first ones than of the later ones.
 *
 * A state costs about as much as 10,000 others take in the search, because the system has to be asked with all that it does. So
 * it is one of 2^15 in the long run, for less than 2 % of the time; and no small search is without some. Rows depend on the system
 * alone, and so does the sample.
 */

/** From so many rows on, one of so many. */
const STRATA: readonly (readonly [from: number, rows: number])[] = [
  [2 ** 17, 2 ** 15],
  [2 ** 14, 2 ** 12],
  [2 ** 10, 2 ** 10],
  [0, 2 ** 7],
];

/** The rows from `first` to before `end` that are in the sample. */
export function* sampleOf(first: number, end: number): Generator<number> {
  for (let at = first; at < end;) {
    const [from, rows] = stratumAt(at);
    const stratum = Math.floor((at - from) / rows);
    const row = from + stratum * rows + spread(from + stratum * rows, rows);
    if (row >= first && row < end) yield row;
    at = from + (stratum + 1) * rows;
  }
}

/** Where strata like that of a row begin, and how many rows are in one. */
function stratumAt(row: number): readonly [from: number, rows: number] {
  return STRATA.find(([from]) => row >= from) ?? [0, 1];
}

/** One of so many numbers from 0 on, the same for the same seed; 0 for 0, so that the initial state is in the sample. */
function spread(seed: number, numbers: number): number {
  const mixed = Math.imul(seed ^ (seed >>> 15), 0x9e3779b1);
  return Math.floor((((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32) * numbers);
}
