/**
 * Walks: random executions of a system, and the same executions with steps left out.
 *
 * Each walk draws a weight for every process and chooses among the enabled steps by these weights (swarm testing: Groce
 * et al., ISSTA 2012). So one walk delivers interrupts slowly, and another one switches tasks often. Most lost overflows
 * need a process that runs far ahead of the others, and with equal weights that hardly ever happens.
 *
 * A walk that finds nothing proves nothing.
 */
import type { Goal } from "./goal.js";
import type { InternedSystem, Move, Row } from "./interned-system.js";
import { withRandom, type Random } from "./random.js";

/** One step of a path: which process moved, and which of its outcomes it was. */
export interface WalkStep {
  readonly process: number;
  readonly outcome: number;
}

/** The broken rule of a walk that ends in a state without enabled steps. */
export const STUCK = "never-stuck";

export interface Walk {
  readonly steps: readonly WalkStep[];
  /** The rule that the last step breaks; undefined if no rule is broken. */
  readonly broken: string | undefined;
}

/** The weights that are drawn: a process may be chosen 64 times as often as another. */
const WEIGHTS = [1, 4, 16, 64];

/** Walks until a rule is broken, at most `length` steps. Calls `onMove` with every step. */
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

/** Draws weights, and makes a function that chooses among enabled steps by them; it gives undefined for no steps. */
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

/** Random steps, as walks that all begin in the initial state. */
export interface Wandering {
  /** Steps in all. */
  readonly steps: number;
  /** Steps of one walk. Each walk draws its own weights. */
  readonly walk: number;
  /** A 32-bit integer. */
  readonly seed: number;
  /** Called before every step; what it throws ends the walk. */
  readonly mustGoOn?: (() => void) | undefined;
}

/** Takes random steps whatever they break, and calls `onState` with the state after each. Deterministic for a seed. */
export function wander(
  system: InternedSystem,
  { steps, walk, seed, mustGoOn }: Wandering,
  onState: (row: Row) => void = () => undefined,
): void {
  withRandom(seed, (random) => {
    for (let left = steps; left > 0; left -= walk) {
      const choose = chooser(system, random);
      let row = system.initial;
      for (let i = Math.min(walk, left); i > 0; i--) {
        mustGoOn?.();
        const move = choose(system.moves(row));
        if (move === undefined) break;
        row = system.after(row, move);
        onState(row);
      }
    }
  });
}

/**
 * Takes the given steps in order and leaves out those that are not enabled, until a rule is broken.
 * `rows` are the state before the first step and the state after each step that was taken.
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
