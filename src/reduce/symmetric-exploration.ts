/**
 * Exploring with symmetry reduction: states that differ only by exchanged names are one state.
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
 * Explores one state of each orbit. Counts are of orbits, and there are no paths: of a broken goal, only the fact that it
 * is broken is of use. A process is idle if it and all processes that it can be exchanged with never moved.
 * Throws PMC206 if what the model declares is no symmetry.
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

/** The processes that are idle together with all processes that they can be exchanged with. */
export function idleUpTo(symmetry: Symmetry, system: TransitionSystem, idle: readonly string[]): string[] {
  const renamings = renamingsOf(symmetry);
  const isIdle = (process: number) => idle.includes(system.processes[process] ?? "");
  return system.processes.filter(
    (_, process) =>
      isIdle(process) && renamings.every(({ processes }) => isIdle(processes[process] ?? process)),
  );
}
