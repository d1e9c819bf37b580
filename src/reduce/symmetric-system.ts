/**
 * A system in which states that differ by a renaming are one, and in which that is found to be right.
 *
 * The model's word is not taken for it. Whatever a process is asked in a state, the process that it becomes is asked in the
 * renamed state, for every renaming of the group, and has to answer the same but for the names, with the same bits of all
 * that is watched; and a rule on states has to say the same of both. What is read for that is read of the state at hand,
 * so whoever remembers the answer by what was read remembers that it is right there.
 *
 * Why that keeps verdicts. Say that a state x is represented by r if r is x renamed. Let every state that a search stores
 * represent itself, and say that the search stores, for every successor of a stored state, one that represents it. Then
 * every state that can be reached is represented: the initial one is; and if r represents x by g and x goes on to y, then
 * by what was found at r for the renaming that undoes g, r goes on to y renamed by g, for which some r' is stored; r'
 * represents y by g and another one, which the group has. Both steps have the same bits. So the same rules are broken
 * and the same witnesses reached as without, and whether anything can happen is the same in x and r. (Depth may be less: x
 * may be farther away than a state that is x but for the names.)
 *
 * A renaming acts on values, and two of them one after another have to act as their product does: that is found out for
 * every value that is met.
 */
import { PmucheckError } from "../spec/errors.js";
import { showPermutation, type Renaming, type Symmetry } from "../spec/symmetry.js";
import type { Outcome, TransitionSystem } from "../spec/transition-system.js";
import { keyOf } from "../spec/value.js";
import { composed, keyOfPermutation, renamingsOf } from "./permutations.js";
import type { Goal, Watch } from "../engine/api/watch.js";

type Read = (component: number) => unknown;
type Rule = Goal["states"][number];

export class SymmetricSystem implements TransitionSystem {
  readonly components: readonly string[];
  readonly initial: readonly unknown[];
  readonly processes: readonly string[];
  readonly fair: readonly number[];
  readonly renamings: readonly Renaming[];
  readonly #system: TransitionSystem;
  readonly #watch: Watch;
  readonly #watched: Watch["witnesses"];
  readonly #names: readonly Names[];
  readonly #products: readonly Product[];
  /** By component: keys of the values that renamings were tried on. */
  readonly #tried: readonly Set<string>[];

  /** Throws PMC206 if the model's symmetry is none. */
  constructor(system: TransitionSystem, symmetry: Symmetry, watch: Watch) {
    ({
      components: this.components,
      initial: this.initial,
      processes: this.processes,
      fair: this.fair,
    } = system);
    this.#system = system;
    this.#watch = watch;
    this.#watched = [...watch.goals.flatMap(({ transitions }) => transitions), ...watch.witnesses];
    this.renamings = renamingsOf(symmetry);
    this.#names = this.renamings.map((renaming) => new Names(renaming));
    this.#products = this.#productsOf(symmetry);
    this.#tried = system.components.map(() => new Set());
  }

  run(process: number, read: Read): readonly Outcome[] {
    const trying = this.#trying(read);
    const outcomes = this.#system.run(process, trying);
    for (const names of this.#names) {
      const other = names.renaming.processes[process] as number;
      const expected = outcomes.map((one) => this.#shown(one, names));
      const found = this.#system.run(other, names.reading(trying)).map((one) => this.#shown(one));
      if (expected.sort().join() !== found.sort().join()) {
        throw refusal(
          names.renaming,
          `${this.processes[other]} does not do what ${this.processes[process]} does`,
        );
      }
    }
    return outcomes;
  }

  /** The goals, with rules on states that are tried on renamed states too. */
  get goals(): Goal[] {
    return this.#watch.goals.map(({ transitions, states }) => ({
      transitions,
      states: states.map((rule) => this.#trialOf(rule)),
    }));
  }

  #trialOf(rule: Rule): Rule {
    return (read) => {
      const trying = this.#trying(read);
      const isBroken = rule(trying);
      for (const names of this.#names) {
        if (rule(names.reading(trying)) !== isBroken)
          throw refusal(
            names.renaming,
            "a rule on states is broken in one of two states that should be the same",
          );
      }
      return isBroken;
    };
  }

  /** Reads, and finds out whether renamings act on what is read as they should. */
  #trying(read: Read): Read {
    return (component) => {
      const value = read(component);
      const tried = this.#tried[component] as Set<string>;
      const key = keyOf(value);
      if (!tried.has(key)) {
        tried.add(key);
        for (const product of this.#products) product.tryOn(component, value, this.components);
      }
      return value;
    };
  }

  /** What an outcome does and what is watched of it, in a word; with other names, if some are given. */
  #shown({ writes, observations }: Outcome, names?: Names): string {
    const written = [...writes].map(([component, value]) =>
      names === undefined
        ? `${component}:${keyOf(value)}`
        : `${names.renaming.components[component]}:${keyOf(names.of(component, value))}`,
    );
    const bits = this.#watched.map((isWatched) => (observations.some(isWatched) ? 1 : 0));
    return `${written.sort().join()} ${bits.join("")}`;
  }

  #productsOf(symmetry: Symmetry): Product[] {
    const byKey = new Map(this.renamings.map((one) => [keyOfPermutation(one.permutation), one]));
    return symmetry.generators.flatMap((generator) => {
      const then = byKey.get(keyOfPermutation(generator));
      if (then === undefined) return [];
      return this.renamings.map((first) => {
        const both = byKey.get(keyOfPermutation(composed(first.permutation, generator)));
        return new Product(first, then, both);
      });
    });
  }
}

/** What is called what by a renaming; remembered, for the same objects are asked for again and again. */
class Names {
  readonly renaming: Renaming;
  readonly #inverse: readonly number[];
  readonly #known: readonly WeakMap<object, unknown>[];

  constructor(renaming: Renaming) {
    this.renaming = renaming;
    this.#inverse = renaming.components.map((_, component) => renaming.components.indexOf(component));
    this.#known = renaming.components.map(() => new WeakMap<object, unknown>());
  }

  of(component: number, value: unknown): unknown {
    if (typeof value !== "object" || value === null) return this.renaming.value(component, value);
    const known = this.#known[component] as WeakMap<object, unknown>;
    if (known.has(value)) return known.get(value);
    const name = this.renaming.value(component, value);
    known.set(value, name);
    return name;
  }

  /** Reads the renamed state of the one that is read. */
  reading(read: Read): Read {
    return (component) => {
      const from = this.#inverse[component] as number;
      return this.of(from, read(from));
    };
  }
}

/** Two renamings, one after the other, and what should come to the same: another one, or nothing. */
class Product {
  readonly #first: Renaming;
  readonly #then: Renaming;
  readonly #both: Renaming | undefined;

  constructor(first: Renaming, then: Renaming, both: Renaming | undefined) {
    this.#first = first;
    this.#then = then;
    this.#both = both;
  }

  /** Throws PMC206 if it does not. */
  tryOn(component: number, value: unknown, components: readonly string[]): void {
    const between = this.#first.components[component] as number;
    const end = this.#then.components[between] as number;
    const name = this.#then.value(between, this.#first.value(component, value));
    const isSame =
      end === (this.#both?.components[component] ?? component) &&
      keyOf(name) === keyOf(this.#both === undefined ? value : this.#both.value(component, value));
    if (isSame) return;
    const others = `${showPermutation(this.#first.permutation)} and then ${showPermutation(this.#then.permutation)}`;
    throw new PmucheckError(
      "PMC206",
      `${components[component]} is not called by ${others} what it is called by both at once`,
    );
  }
}

function refusal({ permutation }: Renaming, why: string): PmucheckError {
  return new PmucheckError(
    "PMC206",
    `the model says that it is the same with ${showPermutation(permutation)}: ${why}`,
  );
}
