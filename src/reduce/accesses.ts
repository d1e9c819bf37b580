/**
 * Which components every process and rule has been seen to read and to write, anywhere in a reduction's searches.
 *
 * A search decides by what was known when it began, so that its answers do not change under it. What it learns may show
 * that a step taken as safe was not: then {@link AccessesGrew} is thrown, and the search has to begin again with what is
 * known now. Accesses only grow, and there are finitely many, so that comes to an end.
 */

/** A step was taken as safe and is not: search again. */
export class AccessesGrew extends Error {}

/** A safe step relies on who is not one of these not touching this. */
export interface Reliance {
  /** Who was looked at step by step. */
  readonly near: ReadonlySet<number>;
  /** What nobody else may write. */
  readonly unwritten: bigint;
  /** What nobody else may read. */
  readonly unread: bigint;
}

interface Masks {
  readonly read: bigint[];
  readonly written: bigint[];
}

export class Accesses {
  readonly #size: number;
  readonly #known: Masks;
  #decidedBy: Masks;
  /** By process: what was relied on that it does not read, does not write. */
  #relied: Masks;

  constructor(size: number) {
    this.#size = size;
    this.#known = masks(size);
    this.#decidedBy = masks(size);
    this.#relied = masks(size);
  }

  /** A new search: decisions are made by what is known now. */
  begin(): void {
    this.#decidedBy = { read: [...this.#known.read], written: [...this.#known.written] };
    this.#relied = masks(this.#size);
  }

  /** Who, among those not near, may write what must not be written or read what must not be read, as far as was known. */
  meddlers({ near, unwritten, unread }: Reliance): number[] {
    const { read, written } = this.#decidedBy;
    return read.flatMap((bits, who) =>
      !near.has(who) && ((bits & unread) !== 0n || ((written[who] as bigint) & unwritten) !== 0n)
        ? [who]
        : [],
    );
  }

  /** From now on a decision relies on this. */
  rely({ near, unwritten, unread }: Reliance): void {
    for (let who = 0; who < this.#size; who++) {
      if (near.has(who)) continue;
      add(this.#relied.written, who, unwritten);
      add(this.#relied.read, who, unread);
      this.#check(who);
    }
  }

  /** Somebody was seen to read and write this. */
  note(who: number, read: bigint, written: bigint): void {
    add(this.#known.read, who, read);
    add(this.#known.written, who, written);
    this.#check(who);
  }

  #check(who: number): void {
    const reads = (this.#known.read[who] as bigint) & (this.#relied.read[who] as bigint);
    const writes = (this.#known.written[who] as bigint) & (this.#relied.written[who] as bigint);
    if (reads !== 0n || writes !== 0n) throw new AccessesGrew("a step taken as safe is not");
  }
}

function masks(size: number): Masks {
  return { read: Array.from({ length: size }, () => 0n), written: Array.from({ length: size }, () => 0n) };
}

function add(of: bigint[], who: number, bits: bigint): void {
  of[who] = (of[who] as bigint) | bits;
}
