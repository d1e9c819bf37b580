/**
 * What a trace costs its reader: every interrupt, context switch and migration is one more thing to follow.
 */
import type { Observation } from "../spec/observation.js";
import type { TraceCost } from "./document.js";

const KINDS: Readonly<Partial<Record<Observation["kind"], keyof TraceCost>>> = {
  interrupt: "interrupts",
  switch: "switches",
  migration: "migrations",
};

/** What an observation adds to a trace's cost. */
export function costOf({ kind }: Observation): number {
  return KINDS[kind] === undefined ? 0 : 1;
}

export function costsOf(observations: readonly Observation[]): TraceCost {
  const count = (of: keyof TraceCost) => observations.filter(({ kind }) => KINDS[kind] === of).length;
  return { interrupts: count("interrupts"), switches: count("switches"), migrations: count("migrations") };
}
