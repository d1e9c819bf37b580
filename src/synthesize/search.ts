/**
 * The search for fixes: counterexample-guided, by hitting sets.
 *
 * The solver proposes the smallest set of edits that no clause forbids. A set that is refuted, by a known execution or by a
 * search of a cell, adds a clause (cube.ts), which forbids every set that the same execution refutes. A set that meets
 * everything is reported; what contains it is not minimal, and is not looked at. The search ends when the solver finds
 * nothing of the allowed size.
 *
 * Nothing in it depends on time or on threads, so a search that is begun again with what an earlier one has learnt
 * (`recall`) goes the same way.
 */
import type { Machine } from "../runtime/machine.js";
import { Machines } from "./boot.js";
import { isFault } from "../spec/errors.js";
import { withFixes } from "../spec/fix.js";
import { fixOfEdit, partsOf } from "../spec/edit.js";
import type { Driver } from "../spec/scenario.js";
import { NEVER_STUCK } from "../check/target.js";
import type { Cell } from "./cell.js";
import { clause, forbids, type Clause } from "./clause.js";
import { executionOf, guideOf, isAlike, isStuckAtEnd, type Execution } from "./cube.js";
import type { EditSet, Lattice } from "./lattice.js";
import { checkCell, refutedAlong, type Refutation } from "./refutation.js";
import { Solver } from "./solver.js";
import type { GuideStep } from "./walk.js";

/** A set that is refuted, and by what. */
export interface Killed {
  readonly kind: "killed";
  readonly set: EditSet;
  readonly cell: string;
  readonly property: string;
  readonly rule: string;
  /** Along a known execution, or by a search of the cell. */
  readonly by: "replay" | "check";
  /** The edits that matter. */
  readonly matters: EditSet;
  readonly guide: readonly GuideStep[];
}

/** A set that could not be decided: only that set is given up. */
export interface Open {
  readonly kind: "open";
  readonly set: EditSet;
  readonly cell: string;
  readonly reason: string;
}

export interface Passed {
  readonly kind: "passed";
  readonly set: EditSet;
}

export type Fate = Killed | Open | Passed;

export interface SearchRequest {
  readonly lattice: Lattice;
  readonly driver: Driver;
  /** Cheap ones first. */
  readonly cells: readonly Cell[];
  /** Sets of more edits are not proposed. */
  readonly largest: number;
  /** What an earlier search learnt of a set. */
  readonly recall?: (set: EditSet) => Fate | undefined;
  /** Known to the search from the start, as if they had been found here. */
  readonly known?: readonly Killed[];
}

/** A driver that an edit makes recurse without end has states without end: given up beyond so many times its own. */
export const MOST_GROWTH = 10;
export const LEAST_STATES = 5_000;

/** So many known executions are followed before cells are searched: the nearest ones. */
const FOLLOWED = 8;

export class Search {
  readonly lattice: Lattice;
  readonly clauses: Clause[] = [];
  /** The smallest size of which not every set is decided. */
  size = 0;
  /** Is every set of every size decided? */
  complete = false;
  readonly #ground: Driver;
  readonly #machines: Machines;
  readonly #cells: Cell[];
  readonly #largest: number;
  readonly #recall: (set: EditSet) => Fate | undefined;
  readonly #solver: Solver;
  readonly #kills: Killed[] = [];

  constructor({ lattice, driver, cells, largest, recall, known = [] }: SearchRequest) {
    this.lattice = lattice;
    this.#ground = groundOf(driver, lattice);
    this.#machines = new Machines(lattice, (set) => withEdits(this.#ground, lattice, set));
    this.#cells = [...cells];
    this.#largest = largest;
    this.#recall = recall ?? (() => undefined);
    this.#solver = new Solver(lattice.edits.length, lattice.rules);
    for (const kill of known) this.#learn(kill);
  }

  /** The fate of one set after another, until all of the allowed sizes are decided. */
  *fates(): Generator<Fate> {
    for (let set = this.#next(); set !== undefined; set = this.#next()) {
      const fate = this.#recall(set) ?? this.decide(set);
      this.#learn(fate);
      yield fate;
    }
  }

  /** A passing set that was refuted elsewhere is refuted after all. */
  add(cell: Cell): void {
    this.#cells.push(cell);
  }

  #next(): EditSet | undefined {
    for (; this.size <= this.#largest; this.size++) {
      const set = this.#solver.next(this.size);
      if (set !== undefined) return set;
      if (this.#solver.next() === undefined) {
        this.complete = true;
        return undefined;
      }
    }
    return undefined;
  }

  #learn(fate: Fate): void {
    const made = this.clauseOf(fate);
    if (!forbids(made, fate.set))
      throw new Error(`a clause does not forbid what it was made of: ${this.lattice.nameOf(fate.set)}`);
    this.clauses.push(made);
    this.#solver.add(made);
    if (fate.kind === "killed") this.#kills.push(fate);
  }

  /** Whether the set meets what every cell asks. */
  decide(set: EditSet): Fate {
    return this.#alongKnown(set) ?? this.#bySearch(set) ?? { kind: "passed", set };
  }

  /** The clause of what became of a set. */
  clauseOf(fate: Fate): Clause {
    return clauseOf(fate, this.lattice);
  }

  /** After how many steps of this known execution the set breaks something; undefined if it does not. */
  stepsAlong(kill: Killed, set: EditSet): number | undefined {
    const cell = this.#cells.find(({ name }) => name === kill.cell);
    if (cell === undefined) return undefined;
    return refutedAlong(this.#machines.machineOf(cell, set), cell, kill.guide)?.path.length;
  }

  #alongKnown(set: EditSet): Killed | undefined {
    const nearest = this.#kills
      .map((kill, at) => ({ kill, at, distance: distance(kill, set) }))
      .toSorted((a, b) => a.distance - b.distance || b.at - a.at)
      .slice(0, FOLLOWED);
    for (const { kill } of nearest) {
      const cell = this.#cells.find(({ name }) => name === kill.cell);
      if (cell === undefined) continue;
      const machine = this.#machines.machineOf(cell, set);
      const found = refutedAlong(machine, cell, kill.guide);
      if (found !== undefined) return this.#killed(set, cell, machine, found, "replay");
    }
    return undefined;
  }

  #bySearch(set: EditSet): Killed | Open | undefined {
    for (const cell of this.#byPromise()) {
      try {
        const machine = this.#machines.machineOf(cell, set);
        const checked = checkCell(machine, cell, LEAST_STATES + MOST_GROWTH * cell.states);
        if (checked.kind === "open") return { kind: "open", set, cell: cell.name, reason: checked.reason };
        if (checked.kind === "refuted") return this.#killed(set, cell, machine, checked.refutation, "check");
      } catch (error) {
        if (!isFault(error)) throw error;
        return { kind: "open", set, cell: cell.name, reason: `${error.code}: ${error.message}` };
      }
    }
    return undefined;
  }

  /** The cells that have refuted most for what they cost come first. */
  #byPromise(): readonly Cell[] {
    const kills = new Map<string, number>();
    for (const { cell } of this.#kills) kills.set(cell, (kills.get(cell) ?? 0) + 1);
    const promise = ({ name, states }: Cell): number => (kills.get(name) ?? 0) / states;
    return this.#cells.toSorted((a, b) => promise(b) - promise(a) || a.states - b.states);
  }

  #killed(
    set: EditSet,
    cell: Cell,
    machine: Machine,
    { property, rule, path }: Refutation,
    by: Killed["by"],
  ): Killed {
    const execution = executionOf(machine, path);
    // What a stuck system could have done instead is not in its execution: every edit that runs in it matters.
    const isStuck = property === NEVER_STUCK && isStuckAtEnd(machine, execution);
    const functions = new Set(execution.steps.flatMap((step) => [...step.functions]));
    const matters = [...this.lattice.edits.keys()].flatMap((at) => {
      const toggled = this.lattice.toggled(set, at);
      const changed = this.lattice.editsOf([at, ...set.filter((one) => !toggled.includes(one))]);
      const differing = new Set(
        changed.flatMap(({ changes }) => changes.map(({ functionName }) => functionName)),
      );
      const runs = [...differing].some((name) => functions.has(name));
      const isTheSame = this.#isTheSame(set, toggled, cell, runs ? execution : undefined, differing);
      return isTheSame && !(runs && isStuck) ? [] : [at];
    });
    return { kind: "killed", set, cell: cell.name, property, rule, by, matters, guide: guideOf(execution) };
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

function clauseOf(fate: Fate, { edits }: Lattice): Clause {
  switch (fate.kind) {
    case "killed":
      return clause(
        fate.matters.filter((at) => fate.set.includes(at)),
        fate.matters.filter((at) => !fate.set.includes(at)),
      );
    case "passed":
      return clause(fate.set, []);
    case "open":
      return clause(
        fate.set,
        [...edits.keys()].filter((at) => !fate.set.includes(at)),
      );
  }
}

/** In how many edits that matter to the kill the sets differ. */
function distance({ set, matters }: Killed, other: EditSet): number {
  return matters.filter((at) => set.includes(at) !== other.includes(at)).length;
}
