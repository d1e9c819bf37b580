/**
 * Interning: every distinct value of a component becomes a small integer, in order of first sight.
 *
 * From here on the search compares and stores numbers; values are looked at again only where a table has no
 * answer yet.
 */
import { keyOf } from "../spec/value.js";

export class Interner {
  readonly name: string;
  readonly values: unknown[] = [];
  readonly #byKey = new Map<string, number>();
  /** Values are immutable, so the id of an object that was seen before needs no key. */
  readonly #byIdentity = new WeakMap<object, number>();

  constructor(name: string) {
    this.name = name;
  }

  idOf(value: unknown): number {
    if (typeof value !== "object" || value === null) return this.#idOfKey(value);
    let id = this.#byIdentity.get(value);
    if (id === undefined) {
      id = this.#idOfKey(value);
      this.#byIdentity.set(value, id);
    }
    return id;
  }

  #idOfKey(value: unknown): number {
    const key = keyOf(value);
    let id = this.#byKey.get(key);
    if (id === undefined) {
      id = this.values.push(value) - 1;
      this.#byKey.set(key, id);
    }
    return id;
  }
}
