/**
 * Local states: a state that is read on demand, and states that differ from it by writes.
 *
 * All states that {@link LocalState.after} makes of one state share what was read of it.
 */
import type { IdOf } from "../footprint/footprint-memo.js";
import type { Observation } from "../spec/observation.js";

/** In place of an id: no move has written the component since the state was read. */
const UNWRITTEN = -1;
/** In place of an id: the component was not read yet. */
const UNREAD = -1;

export class LocalState {
  /** The id of a component's value. A field, so that it can be passed on as a function. */
  readonly id: IdOf;
  readonly #origin: Origin;
  /** By component: the id that was written last, or UNWRITTEN. */
  readonly #written: Int32Array;

  /**
   * @param components how many components the system has
   * @param read reads the state; called at most once per component
   * @param from for states after a move: what the first state read, and what was written since
   */
  constructor(components: number, read: IdOf, from?: { origin: Origin; written: Int32Array }) {
    this.#origin = from?.origin ?? new Origin(components, read);
    this.#written = from?.written ?? new Int32Array(components).fill(UNWRITTEN);
    this.id = (component) => {
      const id = this.#written[component] as number;
      return id === UNWRITTEN ? this.#origin.id(component) : id;
    };
  }

  /** The state after a move. */
  after({ writes }: Pick<LocalMove, "writes">): LocalState {
    const written = this.#written.slice();
    for (let i = 0; i < writes.length; i += 2) written[writes[i] as number] = writes[i + 1] as number;
    return new LocalState(written.length, this.#origin.read, { origin: this.#origin, written });
  }

  /**
   * What the moves since the first state changed: components and ids. A write of the value that was read before is no
   * change; a write to a component that was never read counts as one.
   */
  get differences(): [component: number, id: number][] {
    return [...this.#written].flatMap((id, component) =>
      id === UNWRITTEN || id === this.#origin.known(component) ? [] : [[component, id]],
    );
  }

  /**
   * Is it the same state? Both must come from one first state. Reads the components that one of them wrote and the
   * other did not.
   */
  equals(other: LocalState): boolean {
    return this.#written.every((id, component) => {
      const otherId = other.#written[component] as number;
      return id === otherId || this.id(component) === other.id(component);
    });
  }
}

/** What was read of the first state. */
class Origin {
  readonly read: IdOf;
  readonly #ids: Int32Array;

  constructor(components: number, read: IdOf) {
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

  /** The id if it was read, else UNREAD. */
  known(component: number): number {
    return this.#ids[component] as number;
  }
}

export interface LocalMove {
  /** Component, id, component, id ... */
  readonly writes: readonly number[];
  /** The components that it writes, as bits (component-bits.ts). */
  readonly written: bigint;
  readonly observations: readonly Observation[];
  /** Equal texts for equal observations. */
  readonly seen: string;
}

export interface LocalAnswer {
  /** The components that were read or written, as bits. */
  readonly touched: bigint;
  readonly moves: readonly LocalMove[];
}
