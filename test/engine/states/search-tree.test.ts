/**
 * The tree of a search, two bits per transition, against parents in an array: of random trees whose transitions come in
 * lanes of any length, the path to every row is the one by which the row was found.
 *
 * Whole searches compare paths too, but of some hundred transitions, and only to what breaks a rule.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { Tree } from "../../../src/engine/states/search-tree.js";
import { engineRoom, numbers, type EngineRoom } from "../../support/engine/engine-room.js";

/** Transitions that a lane has room for. */
const BLOCK = 4096;
/** Of transitions, in memory. */
const CHUNK = 2 ** 18;

interface Transition {
  readonly isFirst: boolean;
  readonly isNew: boolean;
}

/** A breadth-first search of something. */
interface Search {
  readonly transitions: readonly Transition[];
  /** By row, which move of which row found it; nothing found the first one. */
  readonly found: readonly { readonly parent: number; readonly move: number }[];
}

/** @param movesOf is every transition of the row at hand one to a new row? Undefined if the search ends there. */
function search(movesOf: (row: number, rows: number) => readonly boolean[] | undefined): Search {
  const transitions: Transition[] = [];
  const found = [{ parent: -1, move: -1 }];
  for (let row = 0; row < found.length; row++) {
    const moves = movesOf(row, found.length);
    if (moves === undefined) break;
    for (const [move, isNew] of moves.entries()) {
      transitions.push({ isFirst: move === 0, isNew });
      if (isNew) found.push({ parent: row, move });
    }
  }
  return { transitions, found };
}

/** By its definition. */
function pathTo(row: number, { found }: Search): number[] {
  const moves: number[] = [];
  for (let at = found[row]; at !== undefined && at.parent >= 0; at = found[at.parent]) moves.push(at.move);
  return moves.reverse();
}

/** A tree, and the lane that it grows by. */
class Growing {
  readonly tree: Tree;
  readonly #room: EngineRoom = engineRoom("js", { block: BLOCK });

  constructor() {
    this.tree = new Tree(this.#room.arena);
  }

  append(transitions: readonly Transition[]): void {
    const { lane } = this.#room;
    lane.clearBits();
    for (const [i, { isFirst, isNew }] of transitions.entries()) {
      if (isFirst) this.#setBit(lane.firsts, i);
      if (isNew) this.#setBit(lane.news, i);
    }
    this.tree.reserve(transitions.length);
    this.tree.append(lane, transitions.length);
  }

  /** In lanes of these lengths, over and over. */
  appendAll(transitions: readonly Transition[], lengths: readonly number[]): void {
    for (let done = 0, lane = 0; done < transitions.length; lane++) {
      const end = done + (lengths[lane % lengths.length] ?? 1);
      this.append(transitions.slice(done, end));
      done = end;
    }
  }

  /** Is the tree, bit by bit, what it is said to be? In one that is not, looking for a path may never end. */
  expectBits(transitions: readonly Transition[]): void {
    const bits = (isSet: (transition: Transition) => boolean) => {
      const bytes = new Uint8Array(Math.ceil(transitions.length / 8));
      for (const [i, transition] of transitions.entries()) {
        if (isSet(transition)) bytes[i >>> 3] = (bytes[i >>> 3] as number) | (1 << (i & 7));
      }
      return Buffer.from(bytes);
    };
    const kept = Buffer.concat([...this.tree.pieces(transitions.length)]);
    const expected = Buffer.concat([bits(({ isFirst }) => isFirst), bits(({ isNew }) => isNew)]);
    expect(kept.equals(expected)).toBe(true);
  }

  #setBit(address: number, bit: number): void {
    const { bytes } = this.#room.arena;
    const at = address + (bit >>> 3);
    bytes[at] = (bytes[at] as number) | (1 << (bit & 7));
  }
}

const moves = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
const rowsOf = fc.array(moves, { maxLength: 60, size: "max" });
const lengthsOf = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 5 });

describe("the path to a row", () => {
  prop.prop([rowsOf, lengthsOf])("is the one that the row was found by", (rows, lengths) => {
    const searched = search((row) => rows[row]);
    const growing = new Growing();
    growing.appendAll(searched.transitions, lengths);
    growing.expectBits(searched.transitions);
    for (const row of searched.found.keys()) expect(growing.tree.pathTo(row)).toEqual(pathTo(row, searched));
  });

  prop.prop([rowsOf])("is known as soon as the row is found", (rows) => {
    const searched = search((row) => rows[row]);
    const growing = new Growing();
    let last = 0;
    for (const [i, transition] of searched.transitions.entries()) {
      growing.append([transition]);
      growing.expectBits(searched.transitions.slice(0, i + 1));
      if (transition.isNew) last++;
      expect(growing.tree.pathTo(last)).toEqual(pathTo(last, searched));
    }
  });

  test.each([
    { width: 1, most: 40 },
    { width: 300, most: 5 },
    { width: 20_000, most: 2 },
  ])("is so in a tree of more than a chunk: up to $width rows wide, $most moves per row", (shape) => {
    const searched = largeSearch(shape);
    const growing = new Growing();
    growing.appendAll(searched.transitions, [BLOCK, 1, 4095, 77]);
    growing.expectBits(searched.transitions);
    expect(growing.tree.bytes).toBe((2 * 2 * CHUNK) / 8);
    for (const row of rowsToAsk(searched)) expect(growing.tree.pathTo(row)).toEqual(pathTo(row, searched));
  });
});

describe("what a tree begins with, as bytes", () => {
  prop.prop([rowsOf, lengthsOf, fc.nat(400)])("is a tree again, which grows on", (rows, lengths, cut) => {
    const searched = search((row) => rows[row]);
    const { transitions, found } = searched;
    const count = Math.min(cut, transitions.length);
    const growing = new Growing();
    growing.appendAll(transitions, lengths);
    const again = loaded(growing.tree, count);
    again.appendAll(transitions.slice(count), lengths);
    again.expectBits(transitions);
    for (const row of found.keys()) expect(again.tree.pathTo(row)).toEqual(pathTo(row, searched));
  });

  test("is so in a tree of more than a chunk", () => {
    const searched = largeSearch({ width: 300, most: 5 });
    const growing = new Growing();
    growing.appendAll(searched.transitions, [BLOCK]);
    const again = loaded(growing.tree, CHUNK + 3);
    again.appendAll(searched.transitions.slice(CHUNK + 3), [BLOCK]);
    again.expectBits(searched.transitions);
    for (const row of rowsToAsk(searched)) expect(again.tree.pathTo(row)).toEqual(pathTo(row, searched));
  });
});

function loaded(tree: Tree, count: number): Growing {
  const again = new Growing();
  const pieces = [...tree.pieces(count)];
  again.tree.load(count, (into) => into.set(pieces.shift() ?? []));
  expect(pieces).toEqual([]);
  return again;
}

/** @param width new rows are rare where so many are waiting; @param most moves per row */
function largeSearch({ width, most }: { readonly width: number; readonly most: number }): Search {
  const next = numbers(width);
  const below = (limit: number) => (next() >>> 0) % limit;
  let transitions = 0;
  return search((row, rows) => {
    if (transitions > CHUNK + 10_000) return undefined;
    const waiting = rows - row - 1;
    const count = 1 + below(most);
    transitions += count;
    // One in so many is new; and there must be a next row.
    const one = waiting < width ? 1 : 2 * most;
    return Array.from({ length: count }, (_, move) => below(one) === 0 || (waiting === 0 && move === 0));
  });
}

/** Those that were found where something may go wrong, and some others. */
function rowsToAsk({ transitions, found }: Search): number[] {
  const rows = [0, 1, found.length - 1];
  const next = numbers(found.length);
  for (let i = 0; i < 20; i++) rows.push((next() >>> 0) % found.length);
  let row = 0;
  for (const [i, { isNew }] of transitions.entries()) {
    if (isNew) row++;
    if (isNew && Math.abs(i - CHUNK) < 20) rows.push(row);
  }
  return rows;
}
