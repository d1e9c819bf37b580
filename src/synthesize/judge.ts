/**
 * Judging: what the models say of one set of edits, a question at a time. An answer depends on the question alone, so that
 * several judges, in threads of their own, answer as one does.
 */
import { NEVER_STUCK } from "../check/target.js";
import type { PathStep } from "../engine/explore.js";
import { fixOfEdit, partsOf } from "../spec/edit.js";
import { isFault } from "../spec/errors.js";
import { withFixes } from "../spec/fix.js";
import type { Driver } from "../spec/scenario.js";
import { Machines } from "./boot.js";
import type { Cell } from "./cell.js";
import { executionOf, guideOf, isAlike, isStuckAtEnd, type Execution } from "./cube.js";
import type { EditSet, Lattice } from "./lattice.js";
import { checkCell, refutedAlong, type Checked, type Refutation } from "./refutation.js";
import type { GuideStep } from "./walk.js";

/** A driver that an edit makes recurse without end has states without end: given up beyond so many times its own. */
export const MOST_GROWTH = 10;
export const LEAST_STATES = 5_000;

export interface Subject {
  readonly set: EditSet;
  /** By its name. */
  readonly cell: string;
}

/** Does the set break something along this known execution? */
export interface Along extends Subject {
  readonly guide: readonly GuideStep[];
}

/** Which of these edits matter to the refutation? */
export interface Mattering extends Subject {
  readonly property: string;
  readonly path: readonly PathStep[];
  readonly among: EditSet;
}

/** One judge, or several that share the questions. */
export interface Judges {
  /** So many questions are answered at a time. */
  readonly count: number;
  /** Undefined if it breaks nothing there. */
  along(question: Along): Promise<Refutation | undefined>;
  /** What a search of every execution of the cell says. */
  searched(question: Subject): Promise<Checked>;
  matters(question: Mattering): Promise<EditSet>;
  /** The execution, as others can be led along it. */
  guide(question: Pick<Mattering, "set" | "cell" | "path">): Promise<readonly GuideStep[]>;
}

export interface JudgeRequest {
  readonly lattice: Lattice;
  readonly driver: Driver;
  readonly cells: readonly Cell[];
}

export class Judge {
  readonly #lattice: Lattice;
  readonly #machines: Machines;
  readonly #cells: ReadonlyMap<string, Cell>;

  constructor({ lattice, driver, cells }: JudgeRequest) {
    const ground = groundOf(driver, lattice);
    this.#lattice = lattice;
    this.#machines = new Machines(lattice, (set) => withEdits(ground, lattice, set));
    this.#cells = new Map(cells.map((cell) => [cell.name, cell]));
  }

  along({ set, cell: name, guide }: Along): Refutation | undefined {
    const cell = this.#cells.get(name);
    return cell === undefined ? undefined : refutedAlong(this.#machines.machineOf(cell, set), cell, guide);
  }

  searched({ set, cell: name }: Subject): Checked {
    const cell = this.#cellOf(name);
    try {
      return checkCell(this.#machines.machineOf(cell, set), cell, LEAST_STATES + MOST_GROWTH * cell.states);
    } catch (error) {
      if (!isFault(error)) throw error;
      return { kind: "open", reason: `${error.code}: ${error.message}` };
    }
  }

  guide({ set, cell, path }: Pick<Mattering, "set" | "cell" | "path">): readonly GuideStep[] {
    return guideOf(executionOf(this.#machines.machineOf(this.#cellOf(cell), set), path));
  }

  matters({ set, cell: name, property, path, among }: Mattering): EditSet {
    const cell = this.#cellOf(name);
    const machine = this.#machines.machineOf(cell, set);
    const execution = executionOf(machine, path);
    // What a stuck system could have done instead is not in its execution: every edit that runs in it matters.
    const isStuck = property === NEVER_STUCK && isStuckAtEnd(machine, execution);
    const functions = new Set(execution.steps.flatMap((step) => [...step.functions]));
    return among.filter((at) => {
      const toggled = this.#lattice.toggled(set, at);
      const changed = this.#lattice.editsOf([at, ...set.filter((one) => !toggled.includes(one))]);
      const differing = new Set(
        changed.flatMap(({ changes }) => changes.map(({ functionName }) => functionName)),
      );
      const runs = [...differing].some((of) => functions.has(of));
      const isTheSame = this.#isTheSame(set, toggled, cell, runs ? execution : undefined, differing);
      return !isTheSame || (runs && isStuck);
    });
  }

  #cellOf(name: string): Cell {
    const cell = this.#cells.get(name);
    if (cell === undefined) throw new Error(`no cell of this name: ${name}`);
    return cell;
  }

  /** Does the toggled set boot alike, and go through the execution alike? Undefined: it differs in nothing that runs there. */
  #isTheSame(
    set: EditSet,
    toggled: EditSet,
    cell: Cell,
    execution: Execution | undefined,
    differing: ReadonlySet<string>,
  ): boolean {
    try {
      if (!this.#machines.bootAlike(cell, set, toggled)) return false;
      return (
        execution === undefined || isAlike(this.#machines.machineOf(cell, toggled), execution, differing)
      );
    } catch (error) {
      if (isFault(error)) return false;
      throw error;
    }
  }
}

function withEdits(ground: Driver, lattice: Lattice, set: EditSet): Driver {
  const fixes = lattice.editsOf(set).map((edit) => ({ ...fixOfEdit(edit), adds: [] }));
  return withFixes(ground, lattice.nameOf(set), fixes);
}

/** The driver with the state and the functions of all edits, so that all candidates have the same components. */
function groundOf(driver: Driver, { edits }: Lattice): Driver {
  const { adds = [], state = [] } = partsOf(edits);
  const ground = {
    name: "ground",
    summary: "",
    idea: "",
    proposedBy: "",
    hazards: [],
    assumes: [],
    claims: [],
    changes: [],
    adds,
    state,
  };
  return withFixes(driver, "ground", [ground]);
}
