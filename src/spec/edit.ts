/**
 * Edits: the smallest changes that fixes are made of, as data. A search for fixes (src/synthesize) puts them together.
 *
 * An edit is what a reviewer would see as one change of a patch. Edits compose like fixes: each changes the functions that
 * the edits before it made. So the order of a catalogue is part of what its edits mean.
 */
import { PmucheckError } from "./errors.js";
import type { Change, Fix } from "./fix.js";
import type { KernelFunction } from "./kernel-function.js";
import { nearest } from "./nearest.js";
import type { AddedState } from "./scenario.js";

/** What an edit costs, by the eye of a reviewer of the C. */
export interface EditCost {
  /** Lines of C that it adds or changes. */
  readonly lines: number;
  /** Shared accesses that it adds where no overflow is: at one stop, one start, one interrupt and one read, in all. */
  readonly accesses: number;
  /** Fields that it adds to a structure. Two edits that share a field count it both. */
  readonly fields: number;
}

export interface Edit {
  readonly name: string;
  /** The edit in one line. */
  readonly summary: string;
  /** What the C does, function by function, in words. */
  readonly inC: string;
  readonly changes: readonly Change[];
  /** New functions, which no driver has. */
  readonly adds?: readonly KernelFunction[];
  readonly state?: readonly AddedState[];
  /** Edits that it cannot be combined with. Either of the two may say so. */
  readonly excludes?: readonly string[];
  /** Edits without which it has nothing to do: one at least of each list. */
  readonly needs?: readonly (readonly string[])[];
  readonly cost: EditCost;
}

/** An edit as a fix, which claims nothing by itself. */
export function fixOfEdit({ name, summary, inC, changes, adds, state }: Edit): Fix {
  return {
    name,
    summary: `edit: ${summary}`,
    idea: inC,
    proposedBy: "an edit of the search for fixes (docs/use/synthesize.md)",
    hazards: [],
    assumes: [],
    claims: [],
    changes,
    ...(adds === undefined ? {} : { adds }),
    ...(state === undefined ? {} : { state }),
  };
}

/** The parts of a fix that consists of edits. */
export function partsOf(edits: readonly Edit[]): Pick<Fix, "changes" | "adds" | "state"> {
  return {
    changes: distinct(edits.flatMap(({ changes }) => changes)),
    adds: distinct(edits.flatMap(({ adds }) => adds ?? [])),
    state: distinct(edits.flatMap(({ state }) => state ?? [])),
  };
}

/** The edits of these names, in the order of the catalogue. Throws PMC130. */
export function editsNamed(catalogue: readonly Edit[], names: readonly string[]): readonly Edit[] {
  const known = catalogue.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name))
      throw new PmucheckError("PMC130", `unknown edit '${name}'${nearest(name, known)}`);
  }
  return catalogue.filter(({ name }) => names.includes(name));
}

export function totalCost(edits: readonly Edit[]): EditCost {
  const sum = (of: (cost: EditCost) => number): number =>
    edits.reduce((total, { cost }) => total + of(cost), 0);
  return {
    lines: sum(({ lines }) => lines),
    accesses: sum(({ accesses }) => accesses),
    fields: sum(({ fields }) => fields),
  };
}

function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)];
}
