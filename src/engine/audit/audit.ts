/**
 * The audit of a search: does what it keeps of states agree with what the system does?
 *
 * When a level has been expanded, the states of it that are in the sample (sample.ts) are unpacked by code of the audit's own
 * (packed-states.ts), and the system is asked again what can happen there. Every step must lead to a state that is in the
 * visited set, once, under the word that the audit makes of it. The tree must have as many transitions of the state, and
 * have found new states where it says so; rules, witnesses and processes that move must be among what was found. After
 * every change of layout, some of the sample are looked for again, with all they lead to. The widths of all fields are compared with
 * the numbers in them after every level. When the search has ended, rows, bits of the tree and entries of the visited set are
 * counted.
 *
 * The sample depends on the numbers of rows only: it is the same for every kernel, number of threads and tuning, and a
 * search that goes on from an image goes on with it.
 */
import type { Audited } from "../api/audited.js";
import { KeptStates } from "./kept-states.js";
import { AuditMismatch, showState } from "./mismatch.js";
import { Unpackable, wordOf } from "./packed-states.js";
import { Remembered } from "./remembered.js";
import { sampleOf } from "./sample.js";
import { StateAudit, type AuditedState, type AuditParts } from "./state-audit.js";

export class Audit {
  readonly #parts: AuditParts;
  readonly #state: StateAudit;
  readonly #kept: KeptStates;
  readonly #remembered = new Remembered();
  #states = 0;
  #transitions = 0;

  constructor(parts: AuditParts) {
    const { system, knowledge, store } = parts;
    this.#parts = parts;
    this.#kept = new KeptStates(system, knowledge, store);
    this.#state = new StateAudit(parts, this.#kept);
  }

  /** So much was audited so far. */
  get audited(): Audited {
    return { states: this.#states, transitions: this.#transitions };
  }

  /**
   * Goes on from what another search has audited, whose states were taken over.
   * @param expanded rows that have been expanded
   */
  goOn({ states, transitions }: Audited, expanded: number): void {
    this.#states = states;
    this.#transitions = transitions;
    this.#mustHaveLayout(this.#kept.follow());
    this.#count(this.#parts.store.size, expanded);
  }

  /** All rows before `end` have been expanded, and those from `first` on were not audited yet. */
  level(first: number, end: number): void {
    this.layoutMayHaveChanged();
    this.#mustHaveLayout(this.#kept.overfullField);
    for (const row of sampleOf(first, end)) this.#auditRow(row);
  }

  /** To be called when the states may have another layout than before. */
  layoutMayHaveChanged(): void {
    if (this.#kept.layout === this.#parts.store.layout) return;
    this.#mustHaveLayout(this.#kept.follow());
    this.#lookAgain();
  }

  /** The search has come to its end: everything has been expanded. */
  end(): void {
    const { size } = this.#parts.store;
    this.layoutMayHaveChanged();
    this.#lookAgain();
    this.#count(size, size);
  }

  #mustHaveLayout(fault: string | undefined): void {
    if (fault !== undefined) throw new AuditMismatch(`audit of the layout of states: ${fault}`);
  }

  #auditRow(row: number): void {
    const { store } = this.#parts;
    store.rows.read(row);
    const word = wordOf(store.rows.low, store.rows.high);
    const ids = this.#kept.idsOf(word);
    if (ids instanceof Unpackable) throw new AuditMismatch(`audit of state ${row}: it ${ids.why}`);
    const values = this.#kept.valuesOf(ids);
    if (values === undefined)
      throw new AuditMismatch(`audit of state ${row}: it has a value that there is not`);
    const audited = this.#state.expand({ row, ids, values });
    const { steps, refuse } = audited;
    if (audited.word !== word) refuse(`its word is not 0x${word.toString(16)}`);
    if (steps.length === 0) refuse("nothing can happen in it, and the search went on");
    this.#auditTree(row, audited);
    this.#states++;
    this.#transitions += steps.length;
    this.#remembered.add([ids, ...steps.map((step) => step.ids)]);
  }

  /** There is none if states that differ by names are one. */
  #auditTree(row: number, { words, refuse }: AuditedState): void {
    const { tree, store, system } = this.#parts;
    if (system.renamings !== undefined) return;
    const [first, end] = tree.transitionsOf(row);
    if (end - first !== words.length) {
      refuse(`the search made ${end - first} transitions from it, and there are ${words.length}`);
    }
    for (const [i, word] of words.entries()) {
      const found = tree.foundBy(first + i);
      if (found === undefined) continue;
      store.rows.read(found);
      if (wordOf(store.rows.low, store.rows.high) === word) continue;
      refuse(`transition ${i} from it leads to another state than state ${found}, which it has found`);
    }
  }

  #lookAgain(): void {
    const { system } = this.#parts;
    for (const ids of this.#remembered) {
      const word = this.#kept.find(ids);
      if (!(word instanceof Unpackable)) continue;
      const state = this.#kept.valuesOf(ids as readonly number[]) ?? [];
      throw new AuditMismatch(
        `audit of a state that was found before: it ${word.why}\n${showState(system, state, system.initial, "the initial state")}`,
      );
    }
  }

  /** As many states in rows, tree and visited set; as many rows expanded as the tree says. */
  #count(states: number, expanded: number): void {
    const { tree, system } = this.#parts;
    const counts = { "the visited set": this.#kept.entries, "the tree": states, "the tree's rows": expanded };
    if (system.renamings === undefined) {
      const { firsts, news } = tree.countBits();
      counts["the tree"] = news + 1;
      counts["the tree's rows"] = firsts;
    }
    const expected = [states, states, expanded];
    for (const [i, [what, count]] of Object.entries(counts).entries()) {
      if (count === expected[i]) continue;
      throw new AuditMismatch(`audit of the counts: ${expected[i]} states, and ${count} in ${what}`);
    }
  }
}
