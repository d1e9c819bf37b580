/**
 * A machine that is explored several times, from different states or with different steps left out: what its processes can
 * do is found out once, and values are numbers from the first exploration to the last.
 */
import { FootprintMemo, type IdOf } from "../footprint/footprint-memo.js";
import { InternedValues } from "../footprint/interned-values.js";
import type { LabelledOutcome, Machine } from "../runtime/machine.js";

/** What a step does: the same as numbers, and as the machine says it. */
export interface RememberedOutcome {
  /** The id of the new value of each component that it writes, by the component's index. */
  readonly writes: ReadonlyMap<number, number>;
  readonly outcome: LabelledOutcome;
}

const known = new WeakMap<Machine, RememberedMachine>();

export class RememberedMachine {
  readonly #values: InternedValues;
  readonly #answers: readonly FootprintMemo<readonly RememberedOutcome[]>[];

  /** One for all who ask about the machine. */
  static of(machine: Machine): RememberedMachine {
    const found = known.get(machine) ?? new RememberedMachine(machine);
    known.set(machine, found);
    return found;
  }

  private constructor(machine: Machine) {
    this.#values = new InternedValues(machine.components);
    this.#answers = machine.processes.map(
      (name, process) =>
        new FootprintMemo(`process ${name}`, (idOf) =>
          machine.run(process, this.valuesBy(idOf)).map((outcome) => ({
            writes: new Map([...outcome.writes].map(([at, value]) => [at, this.#values.idOf(at, value)])),
            outcome,
          })),
        ),
    );
  }

  /** A state as numbers. */
  idsOf(values: readonly unknown[]): readonly number[] {
    return this.#values.idsOf(values);
  }

  /** What a process can do. Throws what Machine.run does, and PMC201 for one that is not a function of what it reads. */
  run(process: number, idOf: IdOf): readonly RememberedOutcome[] {
    const answers = this.#answers[process];
    if (answers === undefined) throw new RangeError(`there is no process ${process}`);
    return answers.at(idOf);
  }

  /** Reads values where `idOf` reads numbers. */
  valuesBy(idOf: IdOf): (component: number) => unknown {
    return (component) => this.#values.valueOf(component, idOf(component));
  }
}
