/**
 * What tests of the engine on random systems have in common: what is watched, the ways through the engine, and what of
 * its answer must not depend on the way.
 */
import type { EngineName, Exploration, Watch } from "../../../src/engine/explore.js";
import type { Observation } from "../../../src/spec/observation.js";

export const isMarked = (observation: Observation): boolean => observation.kind === "spurious";

export const NOTHING: Watch = { goals: [], cycles: [], witnesses: [] };
export const MARKS: Watch = {
  goals: [{ transitions: [isMarked], states: [] }],
  cycles: [{ waits: (read) => read(0) !== 0, through: isMarked }],
  witnesses: [isMarked],
};

/**
 * For properties that say nothing of some random systems, and skip those by `fc.pre`. Skipped systems do not count as runs,
 * and more than this many of them per run fail the test. The properties apply to one system in two to one in six.
 */
export const NOT_VACUOUS = { maxSkipsPerRun: 20 };

export const ENGINES: readonly EngineName[] = ["js", "wasm"];
/** Small systems would never be compiled. */
export const COMPILED = { compileAt: 0, shortcutBits: 12 };
/** As little of everything as can be, so that all of it has to grow. */
export const TIGHT = {
  ...COMPILED,
  block: 2,
  bucketBits: 1,
  rootBits: 0,
  shortcutBits: 8,
  chunkBits: 1,
  releaseAt: 0,
};

/** All but the sizes of tables: batches need some memory, and make room earlier. */
export function answerOf(exploration: Exploration): Exploration {
  return { ...exploration, bytes: 0, bytesInUse: 0 };
}
