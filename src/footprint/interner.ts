/**
 * Interning: every distinct value of a component gets an id, a small integer, in order of first sight.
 *
 * Searches compare and store ids. They need the values themselves only to run a process whose answer is not known yet.
 */
import { keyOf } from "../spec/value.js";

/** The values of one component. */
export class Interner {
  /** The name of the component. */
  readonly name: string;
  /** By id. */
  readonly values: unknown[] = [];
  readonly #byKey = new Map<string, number>();
  /** Values are immutable, so a known object has a known id, and needs no key. */
  readonly #byIdentity = new WeakMap<object, number>();

  constructor(name: string) {
    this.name = name;
  }

  /** The id of a value; undefined if it has none yet. */
  knownId(value: unknown): number | undefined {
    const known = typeof value === "object" && value !== null ? this.#byIdentity.get(value) : undefined;
    return known ?? this.#byKey.get(keyOf(value));
  }

  /** The id of a value; a new id for a new value. Throws the TypeErrors of keyOf. */
  idOf(value: unknown): number {
    const isObject = typeof value === "object" && value !== null;
    const known = isObject ? this.#byIdentity.get(value) : undefined;
    if (known !== undefined) return known;
    const key = keyOf(value);
    let id = this.#byKey.get(key);
    if (id === undefined) {
      id = this.values.push(value) - 1;
      this.#byKey.set(key, id);
      if (isObject) this.#byIdentity.set(value, id);
    }
    return id;
  }
}
