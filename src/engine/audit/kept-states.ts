/**
 * States as the search should keep them: under which root word a state has to be in the visited set, and whether it is.
 *
 * Of states that differ by names only the one with the least word is kept.
 */
import type { Renaming } from "../../spec/symmetry.js";
import type { TransitionSystem } from "../../spec/transition-system.js";
import type { Layout } from "../memory/state-layout.js";
import type { Knowledge } from "../oracle/oracle.js";
import type { StateStore } from "../states/state-store.js";
import { PackedStates, Unpackable } from "./packed-states.js";
import { VisitedWords } from "./visited-words.js";

/** By component; undefined for a value that the search has never met. */
export type Ids = readonly (number | undefined)[];

export class KeptStates {
  readonly #system: TransitionSystem;
  readonly #knowledge: Knowledge;
  readonly #store: StateStore;
  readonly #visited: VisitedWords;
  #packed: PackedStates;

  constructor(system: TransitionSystem, knowledge: Knowledge, store: StateStore) {
    this.#system = system;
    this.#knowledge = knowledge;
    this.#store = store;
    this.#visited = new VisitedWords(store);
    this.#packed = new PackedStates(store);
  }

  /** The layout that states had when {@link follow} was called last. */
  get layout(): Layout {
    return this.#packed.layout;
  }

  /** Takes the layout that there is now; what is wrong with it, if something is. */
  follow(): string | undefined {
    this.#packed = new PackedStates(this.#store);
    return this.#packed.fault(this.#knowledge.counts);
  }

  /** A field that has to tell apart more numbers than it can, if there is one. */
  get overfullField(): string | undefined {
    return this.#packed.overfullField(this.#knowledge.counts);
  }

  /** Entries of the visited set. */
  get entries(): number {
    return this.#visited.entries;
  }

  /** The ids of a root word. */
  idsOf(word: bigint): number[] | Unpackable {
    return this.#packed.idsOf(word);
  }

  /** The values with these ids; undefined if an id is of none. */
  valuesOf(ids: readonly number[]): readonly unknown[] | undefined {
    const { counts } = this.#knowledge;
    if (ids.some((id, component) => id >= (counts[component] ?? 0))) return undefined;
    return ids.map((id, component) => this.#knowledge.valueOf(component, id));
  }

  /** The word that the state with these ids is kept under; or why it is not kept, or not rightly. */
  find(ids: Ids): bigint | Unpackable {
    const { renamings = [] } = this.#system;
    let least: { readonly word: bigint; readonly ids: Ids } | undefined;
    for (const one of [ids, ...renamings.map((renaming) => this.#renamed(renaming, ids))]) {
      const word = this.#wordOf(one);
      if (word instanceof Unpackable) return word;
      if (least === undefined || word < least.word) least = { word, ids: one };
    }
    const { word, ids: own } = least as NonNullable<typeof least>;
    const back = this.#packed.idsOf(word);
    if (back instanceof Unpackable) return back;
    const other = back.findIndex((id, component) => id !== own[component]);
    if (other >= 0) return new Unpackable(`is unpacked with another ${this.#system.components[other]}`);
    const copies = this.#visited.count(word);
    if (copies === 1) return word;
    return new Unpackable(`is ${copies === 0 ? "not" : `${copies} times`} in the visited set`);
  }

  #wordOf(ids: Ids): bigint | Unpackable {
    const unknown = ids.indexOf(undefined);
    if (unknown < 0) return this.#packed.wordOf(ids as readonly number[]);
    return new Unpackable(`has a value of ${this.#system.components[unknown]} that was never met`);
  }

  #renamed({ components, value }: Renaming, ids: Ids): Ids {
    const renamed: (number | undefined)[] = [];
    ids.forEach((id, component) => {
      const to = components[component] as number;
      renamed[to] =
        id === undefined
          ? undefined
          : this.#knowledge.knownId(to, value(component, this.#knowledge.valueOf(component, id)));
    });
    return renamed;
  }
}
