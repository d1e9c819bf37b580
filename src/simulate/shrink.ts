/**
 * Shrinking a walk: shorter walks that may break the same rule, for fast-check to try.
 *
 * Two ways. Loops: what lies between two visits of the same state can be cut out, for what follows does not know the
 * difference. Delta debugging (Zeller and Hildebrandt, TSE 2002): leave out halves, quarters ... single steps; the steps
 * of a CPU are all alike ("go on"), so that leaving one out shortens its run and disturbs nobody else.
 *
 * The result is shorter, not shortest; an exhaustive check finds the shortest.
 */
import type { Row } from "./interned-system.js";
import type { WalkStep } from "./walk.js";

/** How far the delta debugging of a walk has come: chunks of this many steps, from this step on. */
export interface Position {
  readonly size: number;
  readonly at: number;
}

export interface Candidate {
  readonly steps: readonly WalkStep[];
  /** Where to go on if the candidate is taken. */
  readonly resume: Position | undefined;
}

/** Shorter candidates, the boldest first. `from` is where the last accepted candidate came from. */
export function* shorter(
  steps: readonly WalkStep[],
  rows: readonly Row[],
  from: Position | undefined,
): Generator<Candidate> {
  const straight = withoutLoops(steps, rows);
  if (straight.length < steps.length) yield { steps: straight, resume: from };
  const { size: first, at: begin } = from ?? { size: Math.ceil(steps.length / 2), at: 0 };
  for (let size = Math.min(first, Math.ceil(steps.length / 2)); size >= 1; size = Math.floor(size / 2)) {
    // Round once from where the last one was accepted: before it, everything was tried on a longer walk.
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
