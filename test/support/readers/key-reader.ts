/**
 * Reads a key of `keyOf` back: that there is one way to do so is what makes equal keys mean equal values.
 *
 * It knows the format and nothing of how it is written. Interned objects, which keys only number, cannot be read.
 */
import type { Value } from "../../../src/spec/value.js";

const NAME = /\w+/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const BIGINT = /-?\d+n/y;
const NUMBER = /-?(?:Infinity|\d+(?:\.\d+)?(?:e[+-]\d+)?)|NaN/y;

/** Throws an Error if the text is not a key. */
export function readKey(key: string): Value {
  const reader = new KeyReader(key);
  const value = reader.value();
  reader.expectEnd();
  return value;
}

class KeyReader {
  readonly #key: string;
  #at = 0;

  constructor(key: string) {
    this.#key = key;
  }

  value(): Value {
    if (this.#skip("[")) return this.#list("]", () => this.value());
    if (this.#skip("{")) return Object.fromEntries(this.#list("}", () => this.#field()));
    const text = this.#take(STRING);
    if (text !== undefined) return JSON.parse(text) as string;
    const bigint = this.#take(BIGINT);
    if (bigint !== undefined) return BigInt(bigint.slice(0, -1));
    const number = this.#take(NUMBER);
    if (number !== undefined) return Number(number);
    if (this.#skip("u")) return undefined;
    if (this.#skip("n")) return null;
    if (this.#skip("t")) return true;
    if (this.#skip("f")) return false;
    throw this.#error("no value");
  }

  expectEnd(): void {
    if (this.#at !== this.#key.length) throw this.#error("more than a value");
  }

  #field(): readonly [string, Value] {
    const quoted = this.#take(STRING);
    const name = quoted === undefined ? this.#take(NAME) : (JSON.parse(quoted) as string);
    if (name === undefined || !this.#skip(":")) throw this.#error("no field");
    return [name, this.value()];
  }

  #list<T>(end: string, one: () => T): T[] {
    const list: T[] = [];
    while (!this.#skip(end)) {
      if (list.length > 0 && !this.#skip(",")) throw this.#error("no comma");
      list.push(one());
    }
    return list;
  }

  #skip(text: string): boolean {
    const isThere = this.#key.startsWith(text, this.#at);
    if (isThere) this.#at += text.length;
    return isThere;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#key) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }

  #error(what: string): Error {
    return new Error(`${what} at ${this.#at} of ${this.#key}`);
  }
}
