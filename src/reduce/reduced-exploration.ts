/**
 * Exploring with partial order reduction: the answers of the whole system from fewer states.
 *
 * Where something is broken, only that fact is of use: paths of a reduced search are chains, not steps.
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

export interface ReducedExploration {
  readonly exploration: Exploration;
  /** Process name and observations of one step, for every step that was taken. */
  readonly seen: ReadonlySet<string>;
  /** How often the search was begun (accesses.ts). */
  readonly searches: number;
}

/** Makes the part that finds safe steps; tests replace it to see that a wrong one is noticed. */
export type SafetyRule = (tables: LocalTables, accesses: Accesses) => SafeSteps;

const byDiamonds: SafetyRule = (tables, accesses) => new SafeByDiamonds(tables, accesses);

/**
 * Explores a system by chains of steps (chains.ts). Counts and depth are those of the reduced system; broken goals,
 * witnesses and idle processes are those of the whole one.
 */
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

/** The same goals, with rules on states that are asked through the tables, so that their reads are noted. */
function throughTables(goals: readonly Goal[], tables: LocalTables): Goal[] {
  let next = tables.system.processes.length;
  return goals.map(({ transitions, states }) => ({
    transitions,
    states: states.map(() => {
      const agent = next++;
      return (read: (component: number) => unknown) =>
        tables.answer(agent, tables.stateOf(read)).moves.length > 0;
    }),
  }));
}
