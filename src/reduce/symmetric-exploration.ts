/**
 * Exploring states that differ by names as one.
 */
import type { Exploration } from "../engine/api/result.js";
import { explore } from "../engine/explore.js";
import type { Symmetry } from "../spec/symmetry.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { renamingsOf } from "./permutations.js";
import { SymmetricSystem } from "./symmetric-system.js";
import type { Watch } from "../engine/api/watch.js";
import type { Limits } from "../engine/api/limits.js";

/**
 * Counts are of states that differ by more than names, and there are no paths: only whether something is broken means
 * anything. A process is idle if nobody that it could be exchanged with has moved.
 * Throws PMC206 if the model's symmetry is none.
 */
export function exploreSymmetric(
  system: TransitionSystem,
  symmetry: Symmetry,
  { goals, witnesses, cycles }: Watch,
  limits: Limits,
): Exploration {
  const symmetric = new SymmetricSystem(system, symmetry, { goals, witnesses, cycles });
  const exploration = explore(symmetric, { goals: symmetric.goals, witnesses, cycles: [] }, limits);
  return { ...exploration, idle: idleUpTo(symmetry, system, exploration.idle) };
}

/** The processes that are idle with all those that they could be exchanged with. */
export function idleUpTo(symmetry: Symmetry, system: TransitionSystem, idle: readonly string[]): string[] {
  const renamings = renamingsOf(symmetry);
  const isIdle = (process: number) => idle.includes(system.processes[process] ?? "");
  return system.processes.filter(
    (_, process) =>
      isIdle(process) && renamings.every(({ processes }) => isIdle(processes[process] ?? process)),
  );
}
