/**
 * What a search is about, as plain data, so that every thread makes the same judge of it.
 */
import { Judge } from "../../../synthesize/judge.js";
import type { BaseCell } from "../../../synthesize/requirements.js";
import { Bench, type SynthesizeArguments } from "./bench.js";

export interface SearchSubject {
  readonly args: SynthesizeArguments;
  /** The verdicts of the driver; or one cell, as --explain-unsat names it. */
  readonly of: { readonly base: readonly BaseCell[] } | { readonly cell: string };
}

export async function judgeOf({ args, of }: SearchSubject): Promise<Judge> {
  // What is learnt is kept by the thread that searches.
  const bench = await Bench.of({ ...args, journal: undefined });
  const cells = "cell" in of ? [bench.cellNamed(of.cell).cell] : bench.requirements(of.base).cells;
  return new Judge({ lattice: bench.lattice, driver: bench.driver, cells });
}
