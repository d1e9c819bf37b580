/**
 * The states that were found: which ones there are (the visited set), and rows of those that the search still needs.
 *
 * All of them are made again here when root words change because the layout does.
 */
import type { Arena } from "../memory/arena.js";
import { R, SEGMENTS, type Addresses } from "../memory/control-block.js";
import { Filling } from "./visited-set-builder.js";
import { RowIndex, slotsFor } from "./row-index.js";
import { Rows } from "./rows.js";
import type { Tuning } from "../api/tuning.js";
import { Places } from "./visited-places.js";
import { VisitedSet } from "./visited-set.js";
import type { Annexes } from "../memory/annexes.js";
import { wordsApart } from "../memory/word-array.js";
import type { Crew } from "../kernel/kernel.js";
import type { OnWord, Translator } from "../memory/words.js";

/** The kernel's: enters the words of a lane into the visited set. */
export type Enter = (lane: number) => number;

/** Rows, of a search that has gone on since then. */
export interface RowRange {
  readonly first: number;
  /** How many states there were. */
  readonly states: number;
  /** Where the rows end now. */
  readonly end: number;
}

/** What they are made of. */
export interface StatesParts {
  readonly arena: Arena;
  readonly addresses: Addresses;
  readonly tuning: Tuning;
  readonly annexes: Annexes;
  readonly enter: Enter;
}

export class States {
  readonly #arena: Arena;
  readonly #addresses: Addresses;
  readonly #tuning: Tuning;
  readonly #annexes: Annexes;
  readonly #enter: Enter;
  #rows: Rows;
  #visited: VisitedSet;

  constructor({ arena, addresses, tuning, annexes, enter }: StatesParts, rootBits: number) {
    this.#arena = arena;
    this.#addresses = addresses;
    this.#tuning = tuning;
    this.#annexes = annexes;
    this.#enter = enter;
    this.#rows = this.#newRows(0, 0);
    this.#visited = this.#newVisited(tuning.block, rootBits);
  }

  get rows(): Rows {
    return this.#rows;
  }

  /** How many there are. */
  get size(): number {
    return this.#arena.words[R.size] as number;
  }

  /** Bytes, free space included. */
  get bytes(): number {
    return this.#rows.bytes + this.#visited.bytes;
  }

  /** Forgets all of them. */
  clear(rootBits: number): void {
    for (const register of [R.size, R.checked, R.rule]) this.#arena.words[register] = 0;
    this.#replace(this.#newRows(0, 0), this.#newVisited(this.#tuning.block, rootBits));
  }

  /** Rows before this one are not needed any more. They stay while there are few states. */
  release(row: number): void {
    if (this.size >= this.#tuning.releaseAt) this.#rows.release(row);
  }

  /** Makes room for so many states. */
  reserve(states: number, rootBits: number, crew: Pick<Crew, "run" | "threads">): void {
    this.#rows.reserve(states + 1);
    while (!this.#visited.hasRoomFor(states)) {
      if (!this.#visited.grow(states, rootBits, crew)) this.grow(states, rootBits);
    }
  }

  /** Makes the visited set again, larger, with room for so many states. */
  grow(states: number, rootBits: number): void {
    const filling = this.#filling(states, rootBits, this.#visited);
    filling.addAll(this.#visited);
    this.#replace(this.#rows, filling.finish());
  }

  /**
   * Makes all words again.
   * @param rootBits of the new ones
   * @returns false if one could not be made; then everything is as it was
   */
  translate(translator: Translator, rootBits: number): boolean {
    const filling = this.#filling(this.size + this.#tuning.block, rootBits);
    const rows = this.#newRows(this.#rows.first, this.size);
    const isDone = this.#translateInto(rows, filling, translator);
    const visited = filling.finish();
    if (isDone) this.#replace(rows, visited);
    else {
      rows.free();
      visited.free();
      this.#rows.publish();
      this.#visited.publish();
    }
    return isDone;
  }

  /**
   * Those without a row first, because they are the oldest. Words have to be numbered in order of first sight: a search that
   * goes on from an image knows no words of later states (encoding/used-words.ts).
   */
  #translateInto(rows: Rows, filling: Filling, translator: Translator): boolean {
    let isDone = true;
    for (const forEach of this.without(rows.first, this.size)) {
      forEach((low, high) => {
        isDone = isDone && translator.translate(low, high);
        if (isDone) filling.add(translator.low, translator.high);
      });
    }
    for (let row = rows.first; isDone && row < this.size; row++) {
      this.#rows.read(row);
      isDone = translator.translate(this.#rows.low, this.#rows.high);
      rows.write(row, translator.low, translator.high);
      filling.add(translator.low, translator.high);
    }
    return isDone;
  }

  /** Calls for the word of every state that there was: of those in rows, then of the others. */
  forEachOf({ first, states, end }: RowRange, visit: OnWord): void {
    for (let row = first; row < states; row++) {
      this.#rows.read(row);
      visit(this.#rows.low, this.#rows.high);
    }
    for (const forEach of this.without(first, end)) forEach(visit);
  }

  /** The words of the states before those rows, by segments: each calls for every word, and can do so again. */
  *without(first: number, end: number): Generator<(visit: OnWord) => void> {
    if (first === 0) return;
    const index = new RowIndex(this.#rows, first, wordsApart(slotsFor(end - first)));
    for (let row = first; row < end; row++) index.add(row);
    for (let segment = 0; segment < SEGMENTS; segment++) {
      yield (visit) =>
        this.#visited.forEachIn(segment, (low, high) => {
          if (index.rowOf(low, high) === undefined) visit(low, high);
        });
    }
  }

  /**
   * Takes others for its states; there must be none, or only the initial one.
   * @param first of the rows, which are read
   * @param forEach calls for the words of the states before those
   */
  load(
    { first, states }: Omit<RowRange, "end">,
    rootBits: number,
    read: (into: Uint8Array) => void,
    forEach: (visit: OnWord) => void,
  ): void {
    const rows = this.#newRows(first, states);
    const filling = this.#filling(states + this.#tuning.block, rootBits);
    for (const piece of rows.pieces(first, states)) read(piece);
    for (let row = first; row < states; row++) {
      rows.read(row);
      filling.add(rows.low, rows.high);
    }
    forEach((low, high) => filling.add(low, high));
    this.#replace(rows, filling.finish());
    this.#arena.words[R.size] = states;
  }

  /**
   * Calls for the word of every state: in the order of rows while all are there, because words that are met together are
   * used together.
   */
  forEach(visit: OnWord): void {
    const { first } = this.#rows;
    if (first === 0) return this.forEachOf({ first, states: this.size, end: this.size }, visit);
    for (let segment = 0; segment < SEGMENTS; segment++) this.#visited.forEachIn(segment, visit);
  }

  #filling(states: number, rootBits: number, smaller?: VisitedSet): Filling {
    const tools = {
      arena: this.#arena,
      lane: this.#addresses.lane,
      block: this.#tuning.block,
      enter: this.#enter,
      newVisited: (than?: VisitedSet) => this.#newVisited(states, rootBits, than),
    };
    return new Filling(tools, smaller);
  }

  #replace(rows: Rows, visited: VisitedSet): void {
    if (rows !== this.#rows) this.#rows.free();
    this.#visited.free();
    this.#rows = rows;
    this.#visited = visited;
    rows.publish();
  }

  #newRows(first: number, end: number): Rows {
    const rows = new Rows(this.#arena, this.#addresses, first);
    rows.reserve(end + this.#tuning.block + 1);
    return rows;
  }

  #newVisited(states: number, rootBits: number, smaller?: VisitedSet): VisitedSet {
    const [tuning, annexes, first] = [this.#tuning, this.#annexes, this.#arena];
    const places = new Places({ first, annexes, threads: first.words[R.threads] as number, tuning });
    const visited = new VisitedSet(places, this.#addresses, tuning, states, rootBits, smaller);
    visited.publish();
    return visited;
  }
}
