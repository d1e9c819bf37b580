/**
 * Layers: the rows of a search by cost, in the order in which it finds them.
 *
 * A layer is what is reached at a cost and in a number of steps, and neither cheaper nor as cheaply in fewer steps. Its
 * rows follow each other.
 */

export interface Layer {
  readonly cost: number;
  readonly steps: number;
  /** Its rows are first .. end - 1. */
  readonly first: number;
  readonly end: number;
}

export class Layers {
  /** Rows with a move that costs something. */
  readonly costly = new RowSet();
  /** Rows from which no move is made. */
  readonly closed = new RowSet();
  /** The most that a move costs, of those in `costly`. */
  dearest = 0;
  /** By cost and steps; a layer without rows is not there. */
  readonly #at: Layer[][] = [];

  add(layer: Layer): void {
    while (this.#at.length <= layer.cost) this.#at.push([]);
    (this.#at[layer.cost] as Layer[])[layer.steps] = layer;
  }

  at(cost: number, steps: number): Layer | undefined {
    return this.#at[cost]?.[steps];
  }

  /** Layers one move before this cost and these steps, if that move costs something: the cheapest layer first. */
  before(cost: number, steps: number): Layer[] {
    const layers = this.#at.slice(Math.max(0, cost - this.dearest), cost).map((of) => of[steps - 1]);
    return layers.filter((layer) => layer !== undefined);
  }

  /** The most steps after which a move that costs something leads to this cost. */
  lastSteps(cost: number): number {
    return Math.max(0, ...this.#at.slice(Math.max(0, cost - this.dearest), cost).map((of) => of.length));
  }

  /** The rows of a layer in runs without closed ones, each from its first row to the row after its last. */
  *open({ first, end }: Layer): Generator<readonly [number, number]> {
    if (this.closed.isEmpty) {
      yield [first, end];
      return;
    }
    for (let from = first; from < end; from++) {
      let to = from;
      while (to < end && !this.closed.has(to)) to++;
      if (to > from) yield [from, to];
      from = to;
    }
  }
}

/** A bit per row. */
class RowSet {
  #words = new Uint32Array(0);

  get isEmpty(): boolean {
    return this.#words.length === 0;
  }

  add(row: number): void {
    if (row >>> 5 >= this.#words.length) {
      const larger = new Uint32Array(Math.max((row >>> 5) + 1, 2 * this.#words.length));
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[row >>> 5] = (this.#words[row >>> 5] as number) | (1 << (row & 31));
  }

  has(row: number): boolean {
    return (((this.#words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }
}
