/**
 * Layers: the rows of a search by cost, in the order in which it finds them.
 *
 * A layer is what is reached at a cost and in a number of steps, and neither cheaper nor as cheaply in fewer steps. Its
 * rows follow each other.
 */

/** Rows that are worked on before others have a turn: some milliseconds. */
export const ROWS = 1 << 12;

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
  /** By cost and steps; a layer without rows is not there. */
  readonly #at: Layer[][] = [];
  /** By cost and steps: the costs of the layers from which a move that costs something leads there. */
  readonly #into = new Map<number, number[][]>();

  add(layer: Layer): void {
    while (this.#at.length <= layer.cost) this.#at.push([]);
    (this.#at[layer.cost] as Layer[])[layer.steps] = layer;
  }

  at(cost: number, steps: number): Layer | undefined {
    return this.#at[cost]?.[steps];
  }

  /** Notes that a row of the layer has a move that costs this, more than nothing. */
  addCostly({ cost, steps }: Pick<Layer, "cost" | "steps">, row: number, price: number): void {
    this.costly.add(row);
    const to = this.#into.get(cost + price) ?? [];
    this.#into.set(cost + price, to);
    const from = (to[steps + 1] ??= []);
    if (from.at(-1) !== cost) from.push(cost);
  }

  /** The layers from which a move that costs something leads to this cost and these steps, the cheapest first. */
  before(cost: number, steps: number): Layer[] {
    const costs = this.#into.get(cost)?.[steps] ?? [];
    return costs.map((from) => this.at(from, steps - 1)).filter((layer) => layer !== undefined);
  }

  /** The most steps after which a move that costs something leads to this cost. */
  lastSteps(cost: number): number {
    return Math.max(0, (this.#into.get(cost)?.length ?? 0) - 1);
  }

  /** The rows of a layer without closed ones, in runs of some thousand: from the first row to the row after the last. */
  *open(layer: Layer): Generator<readonly [number, number]> {
    for (const [from, to] of this.#open(layer)) {
      for (let row = from; row < to; row += ROWS) yield [row, Math.min(to, row + ROWS)];
    }
  }

  *#open({ first, end }: Layer): Generator<readonly [number, number]> {
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
