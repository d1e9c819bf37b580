/**
 * Images: a search at the beginning of a level, apart from where things are in memory.
 *
 * The values of components are not in it, because they are objects of the model. Learning is deterministic, so it is
 * enough to know what the system was asked, in order: asking again gives the same values the same ids (recall.ts). The
 * states are root words, with the layout and the interned words that give them their meaning; how they were reached is in
 * the tree.
 */
import type { TransitionSystem } from "../spec/transition-system.js";
import type { Break, Watch } from "./exploration.js";
import type { Layout } from "./layout.js";
import { askedList, digestOf } from "./recall.js";
import type { StateStore } from "./state-store.js";
import type { Tree } from "./tree.js";

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

export function shapeOf(
  { components, processes }: TransitionSystem,
  { goals, witnesses }: Watch,
): SearchShape {
  return {
    components,
    processes,
    goals: goals.map(({ transitions, states }) => [transitions.length, states.length]),
    witnesses: witnesses.length,
  };
}

/**
 * Of a search that has gone on beyond the boundary.
 * @param first the first row that is kept; the level's, or an earlier one that is still there
 * @param end of the rows now
 */
export function imageOf(
  shape: SearchShape,
  { states, logged, progressed }: Boundary,
  { first, end }: { readonly first: number; readonly end: number },
  store: StateStore,
  tree: Tree,
): Image {
  const { log } = store.answers;
  const list = askedList(log, logged);
  const range = { first, states, end };
  const packed = store.shape(range);
  const asked = { words: list.length, digest: digestOf(log, logged) };
  return {
    header: { shape, progressed, asked, states: packed },
    pieces: function* () {
      yield bytesOf(list);
      yield* store.pieces(range, packed);
      yield* tree.pieces(progressed.transitions);
    },
  };
}

/** The next words of a kept image. */
export function readWords({ read }: Pick<KeptImage, "read">, count: number): Uint32Array {
  const words = new Uint32Array(count);
  read(new Uint8Array(words.buffer));
  return words;
}

/** 32-bit words as bytes; little-endian machines only, as WebAssembly is. */
function bytesOf(words: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(words).buffer);
}
