/**
 * Are a mutant and the unchanged system equivalent in a cell? By a check, not by an argument: their behaviours, as
 * behaviour.ts has them, are compared over all of their reachable states.
 */
import { Machine } from "../../runtime/machine.js";
import { isFault } from "../../spec/errors.js";
import type { System } from "../../spec/system.js";
import { systemOf } from "../../check/target.js";
import { withoutCopies, type Cell } from "../cell.js";
import { behaviourOf, Labels, type Behaviour } from "./behaviour.js";
import { areBisimilar } from "./bisimulation.js";

export class Equivalence {
  readonly #maxStates: number;
  readonly #labels = new Labels();
  readonly #unchanged = new Map<Cell, Behaviour | undefined>();

  constructor(maxStates: number) {
    this.#maxStates = maxStates;
  }

  /** False also if one of the two has too many states to say, or the mutant leads the model where it refuses to go. */
  isShown(cell: Cell, rewrite: (system: System) => System): boolean {
    if (!this.#unchanged.has(cell)) {
      this.#unchanged.set(
        cell,
        this.#behaviour(cell, (system) => system),
      );
    }
    const unchanged = this.#unchanged.get(cell);
    const mutant = unchanged && this.#behaviour(cell, rewrite);
    return unchanged !== undefined && mutant !== undefined && areBisimilar(unchanged, mutant);
  }

  #behaviour(
    { driver, scenario, configuration }: Cell,
    rewrite: (system: System) => System,
  ): Behaviour | undefined {
    try {
      const system = systemOf({ scenario, driver: withoutCopies(driver), configuration });
      return behaviourOf(new Machine(rewrite(system)), this.#labels, this.#maxStates);
    } catch (error) {
      if (isFault(error)) return undefined;
      throw error;
    }
  }
}
