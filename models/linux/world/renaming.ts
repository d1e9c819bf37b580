/**
 * What a machine is called when tasks or events exchange their names: for searches that take states which differ by names
 * as one (src/spec/symmetry.ts).
 *
 * A name is part of the names of components (`event.A`), is in queues, lists and fields, in arguments of the kernel
 * functions that run and in what they have observed. An event is also known by what its counter counts (PMEVTYPER), alone
 * or with filter bits. That no other string or number is taken for a name is not known here: the search finds it out.
 *
 * Not renamed: CPUs and counters. Their numbers are everywhere, in masks and in sums too, and nothing tells them from
 * others.
 */
import { Activation, activation } from "../../../src/spec/activation.js";
import { renamed, type Permutation } from "../../../src/spec/symmetry.js";
import type { SystemSymmetry } from "../../../src/spec/system.js";
import type { Value } from "../../../src/spec/value.js";
import { BR_RETIRED, EXCLUDE_EL0, EXCLUDE_EL1 } from "../../arm/pmuv3.js";

/** Bits of PMEVTYPER beside the event number. */
const FILTERS = (EXCLUDE_EL0 | EXCLUDE_EL1) >>> 0;

/** @param events of the machine, in order: each counts something of its own (machine.ts) */
export function exchangingNames(
  generators: readonly Permutation[],
  events: readonly string[],
): SystemSymmetry {
  const renamings = new Map<Permutation, MachineRenaming>();
  const of = (permutation: Permutation) => {
    const renaming = renamings.get(permutation) ?? new MachineRenaming(permutation, events);
    renamings.set(permutation, renaming);
    return renaming;
  };
  return {
    generators,
    name: (name, permutation) => of(permutation).name(name),
    value: (_component, value, permutation) => of(permutation).value(value),
  };
}

class MachineRenaming {
  readonly #permutation: Permutation;
  readonly #events: readonly string[];
  readonly #activations = new WeakMap<Activation, Activation>();

  constructor(permutation: Permutation, events: readonly string[]) {
    this.#permutation = permutation;
    this.#events = events;
  }

  /** A name, alone or after the dot of a component's. */
  name(name: string): string {
    const dot = name.lastIndexOf(".") + 1;
    return name.slice(0, dot) + renamed(name.slice(dot), this.#permutation);
  }

  value(value: unknown): unknown {
    switch (typeof value) {
      case "string":
        return this.name(value);
      case "number":
        return this.#number(value);
      case "object":
        return value === null ? null : this.#object(value);
      default:
        return value;
    }
  }

  #number(value: number): number {
    const event = this.#events[((value & ~FILTERS) >>> 0) - BR_RETIRED];
    if (event === undefined) return value;
    const other = this.#events.indexOf(renamed(event, this.#permutation));
    return (((value & FILTERS) >>> 0) | (BR_RETIRED + other)) >>> 0;
  }

  #object(value: object): unknown {
    if (value instanceof Activation) return this.#activation(value);
    if (Array.isArray(value)) return value.map((one) => this.value(one));
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [this.name(key), this.value(one)]));
  }

  #activation(of: Activation): Activation {
    const known = this.#activations.get(of);
    if (known !== undefined) return known;
    // What a function is given and observes are Values; so is what they are called otherwise.
    const other =
      of.before === undefined
        ? activation(
            of.function,
            of.arguments.map((one) => this.value(one) as Value),
          )
        : this.#activation(of.before).observe(this.value(of.last) as Value);
    this.#activations.set(of, other);
    return other;
  }
}
