/**
 * The full audit: the search is made again, breadth-first, by asking the system in every state, with a visited set of whole
 * states. The order is the same, so that states have the same numbers, and every bit of the tree is compared.
 *
 * Where states that differ by names are one there is no tree, and which of them is met first depends on layouts: then such a
 * search has to be complete to be audited, and sets and counts are compared.
 */
import { Interner } from "../../footprint/interner.js";
import type { Renaming } from "../../spec/symmetry.js";
import type { TransitionSystem } from "../../spec/transition-system.js";
import type { Audited } from "../api/audited.js";
import { KeptStates } from "./kept-states.js";
import { AuditMismatch } from "./mismatch.js";
import { StateAudit, type AuditedState, type AuditParts } from "./state-audit.js";

/** What the search says of itself. */
export interface Claimed {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Has everything been expanded? If not, the search ended with its last transition. */
  readonly isComplete: boolean;
}

/** States that are expanded in one turn. */
const TURN = 64;

export class FullAudit {
  readonly #parts: AuditParts;
  readonly #claimed: Claimed;
  readonly #audit: StateAudit;
  readonly #own: OwnStates;
  /** So many transitions are to be compared: one that ended the search by breaking a rule is not in the tree. */
  readonly #most: number;
  /** The next level, of values. */
  #next: (readonly unknown[])[] = [];
  #expanded = 0;
  #transitions = 0;

  constructor(parts: AuditParts, claimed: Claimed) {
    this.#parts = parts;
    this.#claimed = claimed;
    this.#audit = new StateAudit(parts, new KeptStates(parts.system, parts.knowledge, parts.store));
    this.#own = new OwnStates(parts.system);
    const { transitions, isComplete } = claimed;
    this.#most = isComplete ? transitions : Math.min(transitions, parts.tree.transitions);
  }

  /** Undefined if there is nothing to compare with. Throws an AuditMismatch. */
  *run(): Generator<undefined, Audited | undefined> {
    const { system } = this.#parts;
    const { isComplete } = this.#claimed;
    if (system.renamings !== undefined && !isComplete) return undefined;
    this.#own.add(system.initial);
    this.#next = [system.initial];
    let depth = -1;
    while (this.#next.length > 0 && !this.#isOver) {
      depth++;
      yield* this.#level();
    }
    if (isComplete) this.#compare("steps to the farthest state", depth, this.#claimed.depth);
    this.#compare("states", this.#own.size, this.#claimed.states);
    this.#compare("transitions", this.#transitions, this.#most);
    return { states: this.#expanded, transitions: this.#transitions };
  }

  /** Has the search ended here? */
  get #isOver(): boolean {
    return !this.#claimed.isComplete && this.#transitions >= this.#most;
  }

  *#level(): Generator<undefined, void> {
    const level = this.#next;
    this.#next = [];
    for (const values of level) {
      if (this.#isOver) return;
      if (this.#expanded % TURN === 0) yield;
      this.#expand(values);
    }
  }

  #expand(values: readonly unknown[]): void {
    const { knowledge } = this.#parts;
    const row = this.#expanded++;
    const ids = values.map((value, component) => knowledge.knownId(component, value));
    if (ids.includes(undefined))
      throw new AuditMismatch(`audit of state ${row}: it has a value that was never met`);
    const most = this.#claimed.isComplete ? Infinity : this.#most - this.#transitions;
    const audited = this.#audit.expand({ row, ids: ids as readonly number[], values }, most);
    if (audited.steps.length === 0) audited.refuse("nothing can happen in it, and the search went on");
    for (const [i, { state }] of audited.steps.entries()) {
      if (this.#isOver) return;
      this.#step(row, i, state, audited);
    }
  }

  #step(row: number, i: number, state: readonly unknown[], { refuse }: AuditedState): void {
    const { tree, system } = this.#parts;
    const isNew = this.#own.add(state);
    if (isNew) this.#next.push(state);
    if (system.renamings === undefined) {
      const expected = isNew ? this.#own.size - 1 : undefined;
      const found = tree.foundBy(this.#transitions);
      if (found !== expected)
        refuse(`transition ${i} from it found ${name(found)}, and should ${name(expected)}`);
      if (tree.isFirst(this.#transitions) !== (i === 0))
        refuse(`transition ${i} is not one of state ${row} in the tree`);
    }
    this.#transitions++;
  }

  #compare(what: string, own: number, claimed: number): void {
    if (own === claimed) return;
    throw new AuditMismatch(`audit of the counts: the search has ${claimed} ${what}, and there are ${own}`);
  }
}

function name(row: number | undefined): string {
  return row === undefined ? "nothing new" : `state ${row}`;
}

/** Whole states that were met, in numbers of the audit's own; of those that differ by names, one. */
class OwnStates {
  readonly #interners: readonly Interner[];
  readonly #renamings: readonly Renaming[];
  readonly #met = new Set<string>();

  constructor({ components, renamings = [] }: TransitionSystem) {
    this.#interners = components.map((one) => new Interner(one));
    this.#renamings = renamings;
  }

  get size(): number {
    return this.#met.size;
  }

  /** True if it was not met before. */
  add(state: readonly unknown[]): boolean {
    const keys = [state, ...this.#renamings.map((one) => renamed(one, state))].map((one) => this.#keyOf(one));
    const [key = ""] = keys.sort();
    const before = this.size;
    this.#met.add(key);
    return this.size > before;
  }

  #keyOf(state: readonly unknown[]): string {
    return this.#interners.map((interner, component) => interner.idOf(state[component])).join();
  }
}

function renamed({ components, value }: Renaming, state: readonly unknown[]): unknown[] {
  const other: unknown[] = [];
  state.forEach((of, component) => {
    other[components[component] as number] = value(component, of);
  });
  return other;
}
