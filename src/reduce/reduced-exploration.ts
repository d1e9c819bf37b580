/**
 * Exploring with reductions: the same answers from fewer states, or the news that there is something to look at.
 */
import type { Exploration } from "../engine/api/result.js";
import { explore } from "../engine/explore.js";
import type { TransitionSystem } from "../spec/transition-system.js";
import { Accesses, AccessesGrew } from "./accesses.js";
import { ChainedSystem } from "./chains.js";
import { LocalTables } from "./local-tables.js";
import { SafeByDiamonds, type SafeSteps } from "./safe-steps.js";
import type { Goal, Watch } from "../engine/api/watch.js";
import type { Limits } from "../engine/api/limits.js";

/** What a reduced search found. Paths of it are chains, not steps: only whether there is one means anything. */
export interface ReducedExploration {
  readonly exploration: Exploration;
  /** What was observed of whom. */
  readonly seen: ReadonlySet<string>;
  /** How often it was begun. */
  readonly searches: number;
}

/** How steps are found to be safe. */
export type SafetyRule = (tables: LocalTables, accesses: Accesses) => SafeSteps;

const byDiamonds: SafetyRule = (tables, accesses) => new SafeByDiamonds(tables, accesses);

export function exploreReduced(
  system: TransitionSystem,
  watch: Watch,
  limits: Limits,
  rule: SafetyRule = byDiamonds,
): ReducedExploration {
  const rules = watch.goals.flatMap(({ states }) => states);
  const accesses = new Accesses(system.processes.length + rules.length);
  const tables = new LocalTables(system, rules, accesses);
  const watched = { ...watch, goals: throughTables(watch.goals, tables) };
  for (let searches = 1; ; searches++) {
    accesses.begin();
    const chained = new ChainedSystem(tables, rule(tables, accesses));
    try {
      const exploration = explore(chained, watched, limits);
      const moved = new Set([...chained.moved].map((process) => system.processes[process]));
      const idle = exploration.idle.filter((name) => !moved.has(name));
      return { exploration: { ...exploration, idle }, seen: chained.seen, searches };
    } catch (error) {
      if (!(error instanceof AccessesGrew)) throw error;
    }
  }
}

/** The same goals, whose rules on states are asked through the tables, so that what they read is known. */
function throughTables(goals: readonly Goal[], tables: LocalTables): Goal[] {
  let next = tables.system.processes.length;
  return goals.map(({ transitions, states }) => ({
    transitions,
    states: states.map(() => {
      const who = next++;
      return (read: (component: number) => unknown) =>
        tables.answer(who, tables.stateOf(read)).moves.length > 0;
    }),
  }));
}
