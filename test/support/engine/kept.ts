/**
 * Searches that are interrupted: how far they are let go, and what they leave.
 */
import {
  explore,
  type Exploration,
  type Image,
  type KeptImage,
  type Limits,
  type Watch,
} from "../../../src/engine/explore.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";

/** What a file would have made of it: plain data, and bytes that are read in order. */
export function kept(image: Image): KeptImage {
  const bytes = Buffer.concat([...image.pieces()]);
  let at = 0;
  return {
    header: JSON.parse(JSON.stringify(image.header)) as Image["header"],
    read: (into) => {
      into.set(bytes.subarray(at, at + into.length));
      at += into.length;
    },
  };
}

export interface Interrupted {
  readonly exploration: Exploration;
  /** Undefined if the search came to its end. */
  readonly left: KeptImage | undefined;
}

/** A search that is stopped when it asks for the time after `turns` times (0 is at once), or by a bound. */
export function interrupted(
  system: TransitionSystem,
  watch: Watch,
  limits: Partial<Limits>,
  turns = Infinity,
): Interrupted {
  let left: KeptImage | undefined;
  let asked = 0;
  const exploration = explore(system, watch, {
    maxStates: 1e9,
    stop: () => (asked++ >= turns ? "it was stopped" : undefined),
    keep: (image) => {
      left = kept(image);
    },
    ...limits,
  });
  return { exploration, left };
}
