/**
 * Long walks: random executions that break a rule, but only after a given number of steps.
 *
 * Such a walk hides the cause of a violation among thousands of steps, as the log of a real machine does. Long walks
 * are test input for what makes traces shorter (src/minimize).
 */
import type { Goal } from "./goal.js";
import type { InternedSystem, Move, Row } from "./interned-system.js";
import { withRandom, type Random } from "./random.js";
import { chooser, type WalkStep } from "./walk.js";

/** The search ends without a walk after this many times the least length in steps. */
const PATIENCE = 20;
/** How many steps are taken back where every next step breaks a rule too early. Doubled until the walk gets farther. */
const BACK = 16;

/**
 * A walk of at least `atLeast` steps whose last step is the first one that breaks a rule; undefined if none is found.
 * Deterministic for a seed, a 32-bit integer.
 */
export function longWalk(
  system: InternedSystem,
  goal: Goal,
  atLeast: number,
  seed: number,
): readonly WalkStep[] | undefined {
  return withRandom(seed, (random) => walkAtLeast(system, goal, atLeast, random));
}

function walkAtLeast(
  system: InternedSystem,
  goal: Goal,
  atLeast: number,
  random: Random,
): readonly WalkStep[] | undefined {
  const steps: WalkStep[] = [];
  const rows: Row[] = [system.initial];
  let choose = chooser(system, random);
  let back = BACK;
  let deepest = 0;
  for (let tries = PATIENCE * atLeast; tries > 0; tries--) {
    const row = rows.at(-1) ?? system.initial;
    const early = steps.length + 1 < atLeast;
    const breaks = (move: Move): boolean =>
      (goal.brokenBy(move) ?? goal.brokenIn(system.after(row, move))) !== undefined;
    const move = choose(system.moves(row).filter((of) => !early || !breaks(of)));
    if (move === undefined) {
      rows.length = Math.max(1, rows.length - random(back) - 1);
      steps.length = rows.length - 1;
      back *= 2;
      choose = chooser(system, random);
      continue;
    }
    steps.push(move);
    if (!early && breaks(move)) return steps;
    rows.push(system.after(row, move));
    if (steps.length > deepest) {
      deepest = steps.length;
      back = BACK;
    }
  }
  return undefined;
}
