/**
 * A system for symmetry reduction: states that differ by a renaming count as one state, and each answer is checked for it.
 *
 * The model declares the symmetry; this file checks it while a search runs. For every question to a process in a state and
 * every renaming g of the group, the image of the process is run in the image of the state. The two answers must be equal
 * except for the names, and equal in the bits of all that is watched. A rule on states must have the same value in a state
 * and in its image. The check reads only the state at hand, so an answer that is remembered by its footprint stays checked.
 *
 * Why verdicts stay (Ip and Dill 1996). State r represents state x if r = g(x) for some g of the group. A search stores,
 * for every successor of a stored state, a state that represents it. Then every reachable state is represented. The
 * initial state is. And if r = g(x) and x has a step to y, then by the check at r for the inverse of g, r has a step to
 * g(y), for which the search stores some r' = h(g(y)); hg is in the group, so r' represents y. Both steps have the same
 * bits. So the same rules are broken and the same witnesses are reached as without the reduction, and x has enabled steps
 * exactly if r has. (The depth may be less, because x may be farther from the initial state than another state of its
 * orbit.)
 *
 * A renaming acts on values. The renaming of a product of two permutations must act as the two renamings one after the
 * other do; this is checked for every value that the search meets.
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
  /** By component: the keys of the values for which products were checked. */
  readonly #checked: readonly Set<string>[];

  /** Throws PMC206 if the group is too large, or if a renaming is refused by the model. */
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
    this.#checked = system.components.map(() => new Set());
  }

  run(process: number, read: Read): readonly Outcome[] {
    const checking = this.#checking(read);
    const outcomes = this.#system.run(process, checking);
    for (const names of this.#names) {
      const other = names.renaming.processes[process] as number;
      const expected = outcomes.map((one) => this.#shown(one, names));
      const found = this.#system.run(other, names.reading(checking)).map((one) => this.#shown(one));
      if (expected.sort().join() !== found.sort().join()) {
        throw refusal(
          names.renaming,
          `${this.processes[other]} does not do what ${this.processes[process]} does`,
        );
      }
    }
    return outcomes;
  }

  /** The goals of the watch. Their rules on states are checked on the images of states too. */
  get goals(): Goal[] {
    return this.#watch.goals.map(({ transitions, states }) => ({
      transitions,
      states: states.map((rule) => this.#checkedRule(rule)),
    }));
  }

  #checkedRule(rule: Rule): Rule {
    return (read) => {
      const checking = this.#checking(read);
      const isBroken = rule(checking);
      for (const names of this.#names) {
        if (rule(names.reading(checking)) !== isBroken)
          throw refusal(
            names.renaming,
            "a rule on states is broken in one of two states that should be the same",
          );
      }
      return isBroken;
    };
  }

  /** Reads the state, and checks products of renamings on every value that is read. */
  #checking(read: Read): Read {
    return (component) => {
      const value = read(component);
      const checked = this.#checked[component] as Set<string>;
      const key = keyOf(value);
      if (!checked.has(key)) {
        checked.add(key);
        for (const product of this.#products) product.check(component, value, this.components);
      }
      return value;
    };
  }

  /** The writes of an outcome and its watched bits as a text; under a renaming, if `names` is given. */
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

/** The images of values under a renaming. Images of objects are cached, because the same objects come often. */
class Names {
  readonly renaming: Renaming;
  readonly #inverse: readonly number[];
  readonly #known: readonly WeakMap<object, unknown>[];

  constructor(renaming: Renaming) {
    this.renaming = renaming;
    this.#inverse = renaming.components.map((_, component) => renaming.components.indexOf(component));
    this.#known = renaming.components.map(() => new WeakMap<object, unknown>());
  }

  /** The image of a value of a component. */
  of(component: number, value: unknown): unknown {
    if (typeof value !== "object" || value === null) return this.renaming.value(component, value);
    const known = this.#known[component] as WeakMap<object, unknown>;
    if (known.has(value)) return known.get(value);
    const name = this.renaming.value(component, value);
    known.set(value, name);
    return name;
  }

  /** Reads the image of the state that `read` reads. */
  reading(read: Read): Read {
    return (component) => {
      const from = this.#inverse[component] as number;
      return this.of(from, read(from));
    };
  }
}

/** Two renamings one after the other, and the renaming that they must be equal to; undefined for the identity. */
class Product {
  readonly #first: Renaming;
  readonly #then: Renaming;
  readonly #both: Renaming | undefined;

  constructor(first: Renaming, then: Renaming, both: Renaming | undefined) {
    this.#first = first;
    this.#then = then;
    this.#both = both;
  }

  /** Throws PMC206 if they are not equal on the value. */
  check(component: number, value: unknown, components: readonly string[]): void {
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
