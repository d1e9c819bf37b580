/**
 * The values of all components of a system as ids: one interner per component.
 */
import { Interner } from "./interner.js";

export class InternedValues {
  readonly #interners: readonly Interner[];

  /** @param components their names; their positions are the indices used below */
  constructor(components: readonly string[]) {
    this.#interners = components.map((name) => new Interner(name));
  }

  /** Throws a RangeError if there is no such component. */
  idOf(component: number, value: unknown): number {
    return this.#interner(component).idOf(value);
  }

  /** The value with an id; undefined if no value has it yet. */
  valueOf(component: number, id: number): unknown {
    return this.#interner(component).values[id];
  }

  /** The ids of a state, one per component. */
  idsOf(values: readonly unknown[]): number[] {
    return values.map((value, component) => this.idOf(component, value));
  }

  /** What a transition writes, as component, id, component, id ... */
  writesOf(writes: ReadonlyMap<number, unknown>): number[] {
    return [...writes].flatMap(([component, value]) => [component, this.idOf(component, value)]);
  }

  /** Distinct values of a component so far. */
  count(component: number): number {
    return this.#interner(component).values.length;
  }

  /** Distinct values of every component so far. */
  get counts(): readonly number[] {
    return this.#interners.map(({ values }) => values.length);
  }

  #interner(component: number): Interner {
    const interner = this.#interners[component];
    if (interner === undefined) throw new RangeError(`there is no component ${component}`);
    return interner;
  }
}

/** A state after writes: `ids` with component, id, component, id ... put in. */
export function written(ids: readonly number[], writes: readonly number[]): number[] {
  const next = ids.slice();
  for (let i = 0; i < writes.length; i += 2) next[writes[i] as number] = writes[i + 1] as number;
  return next;
}
