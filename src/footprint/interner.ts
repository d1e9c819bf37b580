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
  /** Values are immutable, so the id of one that was handed out needs no key. */
  readonly #byIdentity = new WeakMap<object, number>();

  constructor(name: string) {
    this.name = name;
  }

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
