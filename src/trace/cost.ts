/**
 * The cost of a trace: how many interrupts, context switches and migrations a reader has to follow.
 */
import type { Observation } from "../spec/observation.js";
import type { TraceCost } from "./document.js";

const KINDS: Readonly<Partial<Record<Observation["kind"], keyof TraceCost>>> = {
  interrupt: "interrupts",
  switch: "switches",
  migration: "migrations",
};

/** What an observation adds to the cost of a trace: 0 or 1. */
export function costOf({ kind }: Observation): number {
  return KINDS[kind] === undefined ? 0 : 1;
}

/** The cost of a trace by kind. */
export function costsOf(observations: readonly Observation[]): TraceCost {
  const count = (of: keyof TraceCost) => observations.filter(({ kind }) => KINDS[kind] === of).length;
  return { interrupts: count("interrupts"), switches: count("switches"), migrations: count("migrations") };
}
