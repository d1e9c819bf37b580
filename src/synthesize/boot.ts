/**
 * Machines of candidates. Half of a short walk is the boot, and few edits change anything in it: machines that boot alike
 * are given the state that the first of them came to.
 */
import { systemOf } from "../check/target.js";
import { Machine } from "../runtime/machine.js";
import type { Driver } from "../spec/scenario.js";
import type { Cell } from "./cell.js";
import { enteredIn, isSame } from "./cube.js";
import type { EditSet, Lattice } from "./lattice.js";

interface Boot {
  readonly initial: readonly unknown[];
  /** The functions that ran in it. */
  readonly functions: ReadonlySet<string>;
}

export class Machines {
  readonly #lattice: Lattice;
  readonly #driverWith: (set: EditSet) => Driver;
  /** By cell: the edits of functions that run in a boot. */
  readonly #booting = new Map<string, Set<number>>();
  /** By cell and those of a set's edits. */
  readonly #boots = new Map<string, Boot>();

  constructor(lattice: Lattice, driverWith: (set: EditSet) => Driver) {
    this.#lattice = lattice;
    this.#driverWith = driverWith;
  }

  machineOf(cell: Cell, set: EditSet): Machine {
    const { initial } = this.#bootOf(cell, set);
    const system = systemOf({ ...cell, driver: this.#driverWith(set) });
    const names = Object.keys(system.reset);
    // It has booted: no CPU has anything left to do.
    return new Machine({
      ...system,
      reset: Object.fromEntries(names.map((name, at) => [name, initial[at]])),
    });
  }

  /** Do both sets come to the same initial state, but for what CPUs remember? */
  bootAlike(cell: Cell, one: EditSet, other: EditSet): boolean {
    const [a, b] = [this.#bootOf(cell, one), this.#bootOf(cell, other)];
    return a === b || a.initial.every((value, component) => isSame(value, b.initial[component]));
  }

  #bootOf(cell: Cell, set: EditSet): Boot {
    const booting = this.#booting.get(cell.name) ?? new Set<number>();
    this.#booting.set(cell.name, booting);
    for (;;) {
      const key = [cell.name, ...set.filter((at) => booting.has(at))].join(" ");
      const known = this.#boots.get(key);
      if (known !== undefined) return known;
      const boot = bootOf(new Machine(systemOf({ ...cell, driver: this.#driverWith(set) })));
      const more = [...this.#lattice.edits.entries()].filter(
        ([at, { changes }]) =>
          !booting.has(at) && changes.some(({ functionName }) => boot.functions.has(functionName)),
      );
      if (more.length === 0) {
        this.#boots.set(key, boot);
        return boot;
      }
      // What was kept was kept by fewer edits than now matter.
      this.#boots.clear();
      for (const [at] of more) booting.add(at);
    }
  }
}

function bootOf(machine: Machine): Boot {
  const functions = new Set<string>();
  const values = machine.components.map((name) => machine.system.reset[name]);
  const step = () => {
    for (const process of machine.system.processors.keys()) {
      const [first] = machine.run(process, (component) => values[component]);
      if (first !== undefined) return first;
    }
    return undefined;
  };
  for (let taken = step(); taken !== undefined; taken = step()) {
    for (const name of enteredIn(taken)) functions.add(name);
    for (const [component, value] of taken.writes) values[component] = value;
  }
  return { initial: machine.initial, functions };
}
