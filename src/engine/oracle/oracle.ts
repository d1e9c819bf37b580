/**
 * What is known of a system so far: the values of its components, and by footprint what its processes can do.
 *
 * The one place that runs the system. It is asked only where a table has no answer for a state.
 */
import { PmucheckError } from "../../spec/errors.js";
import type { Renaming } from "../../spec/symmetry.js";
import type { TransitionSystem } from "../../spec/transition-system.js";
import { CapacityError } from "../memory/budget.js";
import { Interner } from "../../footprint/interner.js";
import type { Watchers } from "./watch-bits.js";
import type { Answer } from "./answer.js";

/** Tables are dense in ids where a footprint has many of them. */
const MAX_IDS = 1 << 18;

type Read = (component: number) => unknown;

/** An answer, and the components and ids it was given for, in the order of reading. */
export interface Learned {
  readonly footprint: readonly number[];
  readonly answer: Answer;
}

/** How much was known after so many moves of a block. */
interface Note {
  readonly moves: number;
  readonly asked: number;
  readonly counts: readonly number[];
}

export class Knowledge {
  #asked = 0;
  /** What was known when something was learned in the block at hand. */
  #notes: Note[] = [];
  /** What was known when the search ended, if it ended within a block. */
  #end: Note | undefined;
  readonly #system: TransitionSystem;
  readonly #watchers: Watchers;
  readonly #interners: readonly Interner[];
  readonly #renamings: readonly Renaming[];
  /** By renaming, component and id: the id that it becomes. */
  readonly #names: readonly (readonly number[][])[];

  constructor(system: TransitionSystem, watchers: Watchers) {
    this.#system = system;
    this.#watchers = watchers;
    this.#interners = system.components.map((name) => new Interner(name));
    this.#renamings = system.renamings ?? [];
    this.#names = this.#renamings.map(() => system.components.map(() => []));
  }

  /** How often the system had to be asked what a process can do. */
  get asked(): number {
    return this.#end?.asked ?? this.#asked;
  }

  /** Tables of answers: one per process, then one per rule on states. */
  get tables(): number {
    return this.#system.processes.length + this.#watchers.states.length;
  }

  /** Distinct values, by component. */
  get counts(): readonly number[] {
    return this.#interners.map(({ values }) => values.length);
  }

  /** Distinct values, by component name. */
  get values(): Readonly<Record<string, number>> {
    const counts = this.#end?.counts ?? this.counts;
    return Object.fromEntries(this.#interners.map(({ name }, i) => [name, counts[i] ?? 0]));
  }

  /** A value by its id. */
  valueOf(component: number, id: number): unknown {
    return this.#interners[component]?.values[id];
  }

  /** The id of a value; undefined if it was not met yet. */
  knownId(component: number, value: unknown): number | undefined {
    return this.#interners[component]?.knownId(value);
  }

  /** A block of moves begins. */
  startBlock(): void {
    this.#notes = [];
  }

  /** Something is about to be learned after so many moves of the block. */
  note(moves: number): void {
    this.#notes.push({ moves, asked: this.#asked, counts: this.counts });
  }

  /** The search ends with this move of the block: what was learned later does not count. */
  endAt(moves: number): void {
    this.#end = this.#notes.find((note) => note.moves >= moves);
  }

  /** The ids of the initial state. */
  initialIds(): number[] {
    return this.#system.initial.map((value, component) => this.#idOf(component, value));
  }

  /** The ids that a renaming makes of a state's. */
  renamed(renaming: number, ids: readonly number[]): number[] {
    const { components, value } = this.#renamings[renaming] as Renaming;
    const renamed: number[] = [];
    ids.forEach((id, component) => {
      const known = this.#names[renaming]?.[component] as number[];
      const to = components[component] as number;
      renamed[to] = known[id] ??= this.#idOf(to, value(component, this.#interners[component]?.values[id]));
    });
    return renamed;
  }

  /** What a table remembers of the state with these ids: of a process, or (after those) of a rule on states. */
  answer(table: number, idOf: (component: number) => number): Learned {
    const processes = this.#system.processes.length;
    if (table < processes) return this.#moves(table, idOf);
    const watched = this.#watchers.states[table - processes];
    if (watched === undefined) throw new Error(`there is no rule ${table - processes} on states`);
    return this.truth(watched.isBroken, idOf);
  }

  /** PMC201: what a table is of was answered in another order than before. */
  orderFault(table: number): PmucheckError {
    const name = this.#system.processes[table];
    return new PmucheckError(
      "PMC201",
      `${name === undefined ? "a rule on states" : `process ${name}`} is not deterministic: asked again, it read its ` +
        "components in another order",
    );
  }

  #moves(process: number, idOf: (component: number) => number): Learned {
    this.#asked++;
    return this.#learn(idOf, (read) =>
      this.#system.run(process, read).map((outcome) => {
        const writes: number[] = [];
        for (const [component, value] of outcome.writes) writes.push(component, this.#idOf(component, value));
        return { ...this.#watchers.bitsOf(outcome), writes };
      }),
    );
  }

  /** Is a predicate true of the state with these ids? As one move without effect if it is, and none if not. */
  truth(predicate: (read: Read) => boolean, idOf: (component: number) => number): Learned {
    return this.#learn(idOf, (read) =>
      predicate(read) ? [{ broken: 0, witnessed: 0, cyclic: 0, cost: 0, writes: [] }] : [],
    );
  }

  #learn(idOf: (component: number) => number, compute: (read: Read) => Answer): Learned {
    const footprint: number[] = [];
    const answer = compute((component) => {
      let id = idIn(footprint, component);
      if (id === undefined) {
        id = idOf(component);
        footprint.push(component, id);
      }
      return this.#interners[component]?.values[id];
    });
    return { footprint, answer };
  }

  #idOf(component: number, value: unknown): number {
    const interner = this.#interners[component];
    const id = interner?.idOf(value) ?? 0;
    if (id >= MAX_IDS) throw new CapacityError(`component ${interner?.name} has more than ${MAX_IDS} values`);
    return id;
  }
}

/** The id of a component in a footprint, if it is in there; it is a short list. */
function idIn(footprint: readonly number[], component: number): number | undefined {
  for (let i = 0; i < footprint.length; i += 2) if (footprint[i] === component) return footprint[i + 1];
  return undefined;
}
