/**
 * Making and reading an image of a search (api/image.ts) from the store of its states.
 */
import type { TransitionSystem } from "../../spec/transition-system.js";
import { askedList, digestOf } from "../oracle/replay-answers.js";
import type { StateStore } from "./state-store.js";
import type { Tree } from "./search-tree.js";
import type { Boundary, Image, KeptImage, SearchShape } from "../api/image.js";
import type { Watch } from "../api/watch.js";

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
