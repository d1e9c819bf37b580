/**
 * Where the segments of one visited set lie: in the first memory, or in 1, 2, 4 ... annexes (../memory/annexes.ts).
 *
 * There are at least as many annexes as threads, each of which looks up what is in one of them; and twice as many whenever
 * one would be full. Then every other one is new, and takes half of what is in the one before it:
 *
 *   annex       | 0: segments 0 to 31 |               | 1: segments 32 to 63 |
 *   twice       | 0: segments 0 to 15 | 1: 16 to 31   | 2: segments 32 to 47 | 3: 48 to 63   |
 */
import { MAX_BYTES, type Arena } from "../memory/arena.js";
import { SEGMENTS } from "../memory/control-block.js";
import { annexOf, type Annex, type Annexes } from "../memory/annexes.js";
import type { Tuning } from "../api/tuning.js";
import { segmentBytes, type Shape } from "./visited-shape.js";

/** An annex is not planned to be fuller than this: growing takes some segments twice, and leaves holes. */
const FULL = 7 / 8;

/** What it takes. */
export interface PlacesParts {
  readonly first: Arena;
  readonly annexes: Annexes;
  readonly threads: number;
  readonly tuning: Pick<Tuning, "annexAt" | "annexBytes">;
}

export class Places {
  readonly #parts: PlacesParts;
  #annexes: readonly Annex[] = [];

  constructor(parts: PlacesParts) {
    this.#parts = parts;
  }

  /** The memory that says how large the set is, wherever it is. */
  get first(): Arena {
    return this.#parts.first;
  }

  /** The memories that segments belong to. */
  get homes(): readonly Arena[] {
    return this.#annexes.length === 0 ? [this.first] : this.#annexes.map(({ arena }) => arena);
  }

  /** Where a segment belongs. */
  arenaOf(segment: number): Arena {
    return this.#annexes[annexOf(segment, this.#annexes.length)]?.arena ?? this.first;
  }

  /** Sees to it that there are as many annexes as a set of this shape should have. Throws a CapacityError. */
  prepare(shape: Shape): void {
    const { tuning } = this.#parts;
    const bytes = SEGMENTS * segmentBytes(shape);
    const isTooMuch = () =>
      this.#annexes.length === 0
        ? bytes > tuning.annexAt
        : bytes > this.#annexes.length * tuning.annexBytes * FULL;
    while (isTooMuch() && this.spread());
  }

  /** Has segments belong to more annexes than before; false if there cannot be more. Throws a CapacityError. */
  spread(): boolean {
    const { first, threads } = this.#parts;
    // Where one memory has addresses for all that may be used, annexes would only take more of it.
    if (first.budget.bytes <= MAX_BYTES || this.#annexes.length === SEGMENTS) return false;
    if (this.#annexes.length === 0) this.#annexes = this.#take(2 ** Math.ceil(Math.log2(threads)));
    else {
      const more = this.#take(this.#annexes.length);
      this.#annexes = this.#annexes.flatMap((annex, i) => [annex, more[i] as Annex]);
    }
    return true;
  }

  /** Makes these the annexes that kernels see. */
  publish(): void {
    this.#parts.annexes.use(this.#annexes);
  }

  /** No segment is there any more. */
  leave(): void {
    this.#parts.annexes.giveBack(this.#annexes);
    this.#annexes = [];
  }

  #take(count: number): Annex[] {
    const { annexes } = this.#parts;
    const taken: Annex[] = [];
    try {
      while (taken.length < count) taken.push(annexes.take());
    } catch (error) {
      annexes.giveBack(taken);
      throw error;
    }
    return taken;
  }
}
