/**
 * Images: a search at the beginning of a level, apart from where things are in memory.
 *
 * The values of components are not in it, because they are objects of the model. Learning is deterministic, so it is
 * enough to know what the system was asked, in order: asking again gives the same values the same ids (replay-answers.ts). The
 * states are root words, with the layout and the interned words that give them their meaning; how they were reached is in
 * the tree.
 */
import type { Audited } from "./audited.js";
import type { Break } from "./result.js";
import type { Layout } from "../memory/state-layout.js";

/** What a search is about, as far as the engine can tell one from another. */
export interface SearchShape {
  readonly components: readonly string[];
  readonly processes: readonly string[];
  /** Rules of every goal, on transitions and on states. */
  readonly goals: readonly (readonly [number, number])[];
  readonly witnesses: number;
}

/** How far a search was when a level began. */
export interface Progressed {
  /** The first row of the level. */
  readonly level: number;
  readonly transitions: number;
  readonly depth: number;
  readonly audited: Audited;
  /** Bits of the witnesses reached. */
  readonly witnessed: number;
  /** By process: 1 if it has ever moved. */
  readonly moved: readonly number[];
  /** Null for a goal that nothing is known to break. */
  readonly breaks: readonly (Break | null)[];
}

/** The answers of the system, by what was asked. */
export interface Asked {
  /** 32-bit words of the list of what was asked. */
  readonly words: number;
  /** Of questions and answers. */
  readonly digest: string;
}

export interface StatesShape {
  readonly states: number;
  /** The first state that has a row. */
  readonly first: number;
  readonly layout: Layout;
  /** Interned words that the states use, by node. */
  readonly nodes: readonly number[];
}

/** All of an image but the long lists. Plain JSON. */
export interface ImageHeader {
  readonly shape: SearchShape;
  readonly progressed: Progressed;
  readonly asked: Asked;
  readonly states: StatesShape;
}

/** What can be kept. Good until the search goes on. */
export interface Image {
  readonly header: ImageHeader;
  /**
   * What was asked, the interned words, the rows, the words of the states before those, the tree; each piece is good until
   * the next one is asked for.
   */
  readonly pieces: () => Iterable<Uint8Array>;
}

/** What was kept. */
export interface KeptImage {
  readonly header: ImageHeader;
  /** Fills an array with the next bytes of the pieces. */
  readonly read: (into: Uint8Array) => void;
}

/** What it takes to go back to where a level began. */
export interface Boundary {
  readonly states: number;
  /** Words of the log of answers. */
  readonly logged: number;
  readonly progressed: Progressed;
}
