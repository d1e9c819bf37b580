/**
 * Are a mutant and the unchanged system equivalent in a cell? By a check, not by an argument: their behaviours, as
 * src/check/equivalence has them, are compared over all of their reachable states.
 */
import { isFault } from "../spec/errors.js";
import type { System } from "../spec/system.js";
import { areBisimilar } from "../check/equivalence/bisimulation.js";
import { behaviourOf, Labels, type Behaviour } from "../check/equivalence/behaviour.js";
import { machineOf } from "../check/machine.js";
import { withoutCopies, type Cell } from "./cell.js";

export class Equivalence {
  readonly #maxStates: number;
  readonly #stop: (() => string | undefined) | undefined;
  readonly #labels = new Labels();
  readonly #unchanged = new Map<Cell, Behaviour | undefined>();

  /** @param stop why to stop: what is stopped is not shown */
  constructor(maxStates: number, stop?: () => string | undefined) {
    this.#maxStates = maxStates;
    this.#stop = stop;
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
      const machine = machineOf({
        scenario: { ...scenario, build: (of, config) => rewrite(scenario.build(of, config)) },
        driver: withoutCopies(driver),
        configuration,
      });
      return behaviourOf(machine, this.#labels, this.#maxStates, this.#stop);
    } catch (error) {
      if (isFault(error)) return undefined;
      throw error;
    }
  }
}
