/**
 * A state that is read on demand, and states that differ from it by writes.
 */
import type { Observation } from "../spec/observation.js";

/** Written over the state it came from: not at all. */
const UNWRITTEN = -1;
const UNREAD = -1;

export class LocalState {
  /** The number of a component's value. A function, so that it can be handed on. */
  readonly id: (component: number) => number;
  readonly #origin: Origin;
  readonly #written: Int32Array;

  constructor(
    components: number,
    read: (component: number) => number,
    from?: { origin: Origin; written: Int32Array },
  ) {
    this.#origin = from?.origin ?? new Origin(components, read);
    this.#written = from?.written ?? new Int32Array(components).fill(UNWRITTEN);
    this.id = (component) => {
      const number = this.#written[component] as number;
      return number === UNWRITTEN ? this.#origin.id(component) : number;
    };
  }

  after({ writes }: Pick<LocalMove, "writes">): LocalState {
    const written = this.#written.slice();
    for (let i = 0; i < writes.length; i += 2) written[writes[i] as number] = writes[i + 1] as number;
    return new LocalState(written.length, this.#origin.read, { origin: this.#origin, written });
  }

  /** What differs from the state it was made of, by component. */
  get differences(): [component: number, number: number][] {
    return [...this.#written].flatMap((number, component) =>
      number === UNWRITTEN || number === this.#origin.known(component) ? [] : [[component, number]],
    );
  }

  /** Is it the same state, of two made of one? Reads what one of them wrote and the other did not. */
  equals(other: LocalState): boolean {
    return this.#written.every((number, component) => {
      const theirs = other.#written[component] as number;
      return number === theirs || this.id(component) === other.id(component);
    });
  }
}

class Origin {
  readonly read: (component: number) => number;
  readonly #ids: Int32Array;

  constructor(components: number, read: (component: number) => number) {
    this.read = read;
    this.#ids = new Int32Array(components).fill(UNREAD);
  }

  id(component: number): number {
    let id = this.known(component);
    if (id === UNREAD) {
      id = this.read(component);
      this.#ids[component] = id;
    }
    return id;
  }

  known(component: number): number {
    return this.#ids[component] as number;
  }
}

export interface LocalMove {
  /** Component, value, component, value ... */
  readonly writes: readonly number[];
  /** The components it writes, as bits. */
  readonly written: bigint;
  readonly observations: readonly Observation[];
  /** Equal for equal observations. */
  readonly seen: string;
}

export interface LocalAnswer {
  /** The components that were read or written, as bits. */
  readonly touched: bigint;
  readonly moves: readonly LocalMove[];
}
