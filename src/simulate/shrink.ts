/**
 * Shrinking a walk: makes shorter walks that may break the same rule, for fast-check to try.
 *
 * There are two ways. Cycles: the steps between two visits of one state are cut out. Delta debugging (Zeller and
 * Hildebrandt, TSE 2002): halves, quarters ... single steps are left out. A step of a CPU names no instruction, only
 * "go on"; so a walk without one of them runs that CPU less far and leaves the other processes as they were.
 *
 * The result is shorter, but not the shortest; an exhaustive check finds the shortest.
 */
import type { Row } from "./interned-system.js";
import type { WalkStep } from "./walk.js";

/** The progress of delta debugging: chunks of `size` steps, tried from step `at` on. */
export interface Position {
  readonly size: number;
  readonly at: number;
}

export interface Candidate {
  readonly steps: readonly WalkStep[];
  /** Where to continue if the candidate is accepted. */
  readonly resume: Position | undefined;
}

/** Shorter candidates, the shortest first. `from` is the position of the last accepted candidate. */
export function* shorter(
  steps: readonly WalkStep[],
  rows: readonly Row[],
  from: Position | undefined,
): Generator<Candidate> {
  const straight = withoutLoops(steps, rows);
  if (straight.length < steps.length) yield { steps: straight, resume: from };
  const { size: first, at: begin } = from ?? { size: Math.ceil(steps.length / 2), at: 0 };
  for (let size = Math.min(first, Math.ceil(steps.length / 2)); size >= 1; size = Math.floor(size / 2)) {
    // Begin where the last candidate was accepted: the chunks before it were tried on a longer walk already.
    const chunks = Math.ceil(steps.length / size);
    const offset = size === first ? Math.floor(begin / size) : 0;
    for (let i = 0; i < chunks; i++) {
      const at = ((i + offset) % chunks) * size;
      yield { steps: [...steps.slice(0, at), ...steps.slice(at + size)], resume: { size, at } };
    }
  }
}

/** The walk without the steps between two visits of a state. */
function withoutLoops(steps: readonly WalkStep[], rows: readonly Row[]): readonly WalkStep[] {
  const lastVisit = new Map(rows.map((row, at) => [row.join(), at]));
  const kept: WalkStep[] = [];
  for (let at = 0; ;) {
    at = lastVisit.get((rows[at] as Row).join()) as number;
    const step = steps[at];
    if (step === undefined) return kept;
    kept.push(step);
    at++;
  }
}
