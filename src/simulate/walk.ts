/**
 * Walks: random executions of a system, and the same executions with steps left out.
 *
 * A walk chooses among the enabled steps with weights of its own (swarm testing: Groce et al., ISSTA 2012): one walk is
 * slow to deliver interrupts, the next is eager to switch tasks. Equal chances would hardly ever let a process run
 * far ahead of the others, which is what most lost overflows need.
 *
 * A walk proves nothing by finding nothing.
 */
import type { Goal } from "./goal.js";
import type { InternedSystem, Move, Row } from "./interned-system.js";

/** One step of a path: which process moved, and which of its outcomes it was. */
export interface WalkStep {
  readonly process: number;
  readonly outcome: number;
}

/** The broken rule of a walk that ends where nothing can happen any more. */
export const STUCK = "never-stuck";

export interface Walk {
  readonly steps: readonly WalkStep[];
  /** The rule that its last step breaks; undefined if none is broken. */
  readonly broken: string | undefined;
}

/** Whole numbers from 0 up to, not including, `below`. */
export type Random = (below: number) => number;

/** A process is chosen up to this much more often than another. */
const WEIGHTS = [1, 4, 16, 64];

/** Walks until a rule is broken, at most `length` steps. `onMove` sees every step. */
export function randomWalk(
  system: InternedSystem,
  goal: Goal,
  length: number,
  random: Random,
  onMove: (move: Move) => void,
): Walk {
  const choose = chooser(system, random);
  const steps: WalkStep[] = [];
  let row = system.initial;
  let broken = goal.brokenIn(row);
  while (broken === undefined && steps.length < length) {
    const move = choose(system.moves(row));
    if (move === undefined) return { steps, broken: STUCK };
    onMove(move);
    steps.push(move);
    row = system.after(row, move);
    broken = goal.brokenBy(move) ?? goal.brokenIn(row);
  }
  return { steps, broken };
}

/** A choice among enabled steps, by weights drawn once; undefined if there are none. */
export function chooser(
  { system }: InternedSystem,
  random: Random,
): (moves: readonly Move[]) => Move | undefined {
  const weights = system.processes.map(() => WEIGHTS[random(WEIGHTS.length)] ?? 1);
  return (moves) => {
    if (moves.length < 2) return moves[0];
    let sum = 0;
    for (const { process } of moves) sum += weights[process] as number;
    let at = random(sum);
    for (const move of moves) {
      at -= weights[move.process] as number;
      if (at < 0) return move;
    }
    return undefined;
  };
}

/**
 * Takes the given steps as far as they are enabled, leaving out those that are not, until a rule is broken.
 * `rows` are the states before the first step and after every step taken.
 */
export function follow(
  system: InternedSystem,
  goal: Goal,
  wanted: readonly WalkStep[],
): Walk & { readonly rows: readonly Row[] } {
  const steps: WalkStep[] = [];
  let row = system.initial;
  const rows = [row];
  let broken = goal.brokenIn(row);
  for (const { process, outcome } of wanted) {
    if (broken !== undefined) break;
    const move = system.movesOf(process, row)[outcome];
    if (move === undefined) continue;
    steps.push(move);
    row = system.after(row, move);
    rows.push(row);
    broken = goal.brokenBy(move) ?? goal.brokenIn(row);
  }
  if (broken === undefined && system.moves(row).length === 0) broken = STUCK;
  return { steps, broken, rows };
}
