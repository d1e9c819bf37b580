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
import type { Cell } from "./cell.js";
import { clause, forbids, type Clause } from "./clause.js";
import type { Judges } from "./judge.js";
import type { EditSet, Lattice } from "./lattice.js";
import { farMember } from "./member.js";
import type { Refutation } from "./refutation.js";
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
  readonly judges: Judges;
  /** Cheap ones first. */
  readonly cells: readonly Pick<Cell, "name" | "states">[];
  /** Sets of more edits are not proposed. */
  readonly largest: number;
  /** What an earlier search learnt of a set. */
  readonly recall?: (set: EditSet) => Fate | undefined;
}

/** A cell is searched before it is known that it has to be, unless it is so much larger than the one that may make it needless. */
const WORTH_ASKING_EARLY = 2;

/** So many known executions are followed before cells are searched: the nearest ones. */
const FOLLOWED = 8;

export class Search {
  readonly lattice: Lattice;
  readonly clauses: Clause[] = [];
  /** The smallest size of which not every set is decided. */
  size = 0;
  /** Is every set of every size decided? */
  complete = false;
  readonly #judges: Judges;
  readonly #cells: SearchRequest["cells"];
  readonly #largest: number;
  readonly #recall: (set: EditSet) => Fate | undefined;
  readonly #solver: Solver;
  /** Of the size that is being decided. */
  #proposals: Generator<EditSet, undefined>;
  readonly #kills: Killed[] = [];

  constructor({ lattice, judges, cells, largest, recall }: SearchRequest) {
    this.lattice = lattice;
    this.#judges = judges;
    this.#cells = cells;
    this.#largest = largest;
    this.#recall = recall ?? (() => undefined);
    this.#solver = new Solver(lattice.edits.length, lattice.rules);
    this.#proposals = this.#solver.sets(this.size);
  }

  /** The fate of one set after another, until all of the allowed sizes are decided; and whether it was recalled. */
  async *fates(): AsyncGenerator<{ readonly fate: Fate; readonly isKnown: boolean }> {
    for (let set = this.#next(); set !== undefined; set = this.#next()) {
      const known = this.#recall(set);
      const fate = known ?? (await this.decide(set));
      if (known === undefined && fate.kind === "killed") await this.#audit(fate);
      this.#learn(fate);
      yield { fate, isKnown: known !== undefined };
    }
  }

  #next(): EditSet | undefined {
    for (; this.size <= this.#largest; this.#proposals = this.#solver.sets(++this.size)) {
      const { value: set } = this.#proposals.next();
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

  /** Throws if the kill does not refute a set that its clause forbids: no clause is believed that was not tried. */
  async #audit(kill: Killed): Promise<void> {
    const { lattice } = this;
    const first = this.#kills.length % lattice.edits.length;
    const member = farMember(lattice, kill.set, kill.matters, first);
    if ((await this.stepsAlong(kill, member)) === undefined) {
      throw new Error(`a cube of ${kill.cell} does not refute ${lattice.nameOf(member)}`);
    }
  }

  /** Whether the set meets what every cell asks. */
  async decide(set: EditSet): Promise<Fate> {
    return (await this.#alongKnown(set)) ?? (await this.#bySearch(set)) ?? { kind: "passed", set };
  }

  /** The clause of what became of a set. */
  clauseOf(fate: Fate): Clause {
    return clauseOf(fate, this.lattice);
  }

  /** After how many steps of this known execution the set breaks something; undefined if it does not. */
  async stepsAlong({ cell, guide }: Killed, set: EditSet): Promise<number | undefined> {
    return (await this.#judges.along({ set, cell, guide }))?.path.length;
  }

  async #alongKnown(set: EditSet): Promise<Killed | undefined> {
    const nearest = this.#kills
      .map((kill, at) => ({ kill, at, distance: distance(kill, set) }))
      .toSorted((a, b) => a.distance - b.distance || b.at - a.at)
      .slice(0, FOLLOWED);
    const found = await firstOf(
      nearest,
      ({ kill: { cell, guide } }) => this.#judges.along({ set, cell, guide }),
      () => this.#judges.count,
    );
    return found === undefined ? undefined : this.#killed(set, found.of.kill.cell, found.answer, "replay");
  }

  async #bySearch(set: EditSet): Promise<Killed | Open | undefined> {
    const found = await firstOf(
      this.#byPromise(),
      async ({ name }) => {
        const checked = await this.#judges.searched({ set, cell: name });
        return checked.kind === "met" ? undefined : checked;
      },
      ({ states }, { states: next }) => (next <= states * WORTH_ASKING_EARLY ? this.#judges.count : 1),
    );
    if (found === undefined) return undefined;
    const { of, answer } = found;
    return answer.kind === "open"
      ? { kind: "open", set, cell: of.name, reason: answer.reason }
      : this.#killed(set, of.name, answer.refutation, "check");
  }

  /** The cells that have refuted most for what they cost come first. */
  #byPromise(): SearchRequest["cells"] {
    const kills = new Map<string, number>();
    for (const { cell } of this.#kills) kills.set(cell, (kills.get(cell) ?? 0) + 1);
    const promise = ({ name, states }: SearchRequest["cells"][number]): number =>
      (kills.get(name) ?? 0) / states;
    return this.#cells.toSorted((a, b) => promise(b) - promise(a) || a.states - b.states);
  }

  async #killed(
    set: EditSet,
    cell: string,
    { property, rule, path }: Refutation,
    by: Killed["by"],
  ): Promise<Killed> {
    const { count } = this.#judges;
    const edits = [...this.lattice.edits.keys()];
    // Every so many edits for each judge: neighbours in the catalogue take the same time.
    const shares = Array.from({ length: count }, (_, share) => edits.filter((at) => at % count === share));
    const [guide, ...found] = await Promise.all([
      this.#judges.guide({ set, cell, path }),
      ...shares.map((among) => this.#judges.matters({ set, cell, property, path, among })),
    ]);
    const matters = found.flat().toSorted((a, b) => a - b);
    return { kind: "killed", set, cell, property, rule, by, matters, guide };
  }
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

/**
 * The first of these, in their order, with an answer. `width` says how many may be asked at a time, of the one whose answer is
 * waited for and the one that would be asked.
 */
async function firstOf<T, A>(
  all: readonly T[],
  ask: (of: T) => Promise<A | undefined>,
  width: (waitedFor: T, next: T) => number,
): Promise<{ readonly of: T; readonly answer: A } | undefined> {
  const asked: Promise<A | undefined>[] = [];
  for (const [at, of] of all.entries()) {
    for (let next = all[asked.length]; next !== undefined; next = all[asked.length]) {
      if (asked.length > at && asked.length - at >= width(of, next)) break;
      const answer = ask(next);
      // It is not awaited if one before it has an answer; its failure must not end the program then.
      answer.catch(() => undefined);
      asked.push(answer);
    }
    const answer = await asked[at];
    if (answer !== undefined) return { of, answer };
  }
  return undefined;
}
