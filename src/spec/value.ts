/**
 * Plain values and their canonical keys.
 *
 * A state consists of plain data, which can be compared, hashed, printed and stored. `keyOf` makes a string of a value:
 * two strings are equal exactly if the values are, whatever the order of fields. This file knows nothing of what values
 * mean.
 */

/** The arguments, observations and results of kernel functions. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | { readonly [key: string]: Value };

/**
 * A hash-consed object: it exists once per value, so its identity stands for its contents.
 * `identity` is unique within this run of the program, and has no meaning outside it.
 */
export abstract class Interned {
  readonly identity: number;

  protected constructor(identity: number) {
    this.identity = identity;
  }
}

/** Names of fields that a key contains without quotes: no character in them can be taken for the end of the name. */
const BARE_NAME = /^\w+$/;
/** By name: the name as a key contains it. A cache, because values have few names and searches need keys often. */
const shownNames = new Map<string, string>();

/**
 * The canonical key of a plain value: keys are equal exactly if the values are (-0 equals 0, as for ===).
 * Throws a TypeError for what cannot be part of a state: functions, symbols, arrays with holes, and class instances other
 * than {@link Interned}.
 */
export function keyOf(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "u";
    case "boolean":
      return value ? "t" : "f";
    case "number":
      return String(value);
    case "bigint":
      return `${value}n`;
    case "string":
      return JSON.stringify(value);
    case "object":
      return value === null ? "n" : keyOfObject(value);
    default:
      throw notPlain(`a ${typeof value}`);
  }
}

function keyOfObject(value: object): string {
  if (value instanceof Interned) return `#${value.identity}`;
  if (Array.isArray(value)) return keyOfArray(value);
  mustBePlain(value);
  // All other kinds of values were handled above.
  const fields = value as Readonly<Record<string, unknown>>;
  let key = "";
  for (const name of sortedNames(fields)) {
    key += `${key === "" ? "" : ","}${shownName(name)}:${keyOf(fields[name])}`;
  }
  return `{${key}}`;
}

function shownName(name: string): string {
  let shown = shownNames.get(name);
  if (shown === undefined) {
    shown = BARE_NAME.test(name) ? name : JSON.stringify(name);
    shownNames.set(name, shown);
  }
  return shown;
}

function keyOfArray(values: readonly unknown[]): string {
  let key = "";
  for (let i = 0; i < values.length; i++) {
    if (!(i in values)) throw notPlain("an array with holes");
    key += `${i === 0 ? "" : ","}${keyOf(values[i])}`;
  }
  return `[${key}]`;
}

function mustBePlain(value: object): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return;
  throw notPlain(`a ${value.constructor.name}`);
}

function notPlain(what: string): TypeError {
  return new TypeError(`${what} cannot be part of a state: only plain data can`);
}

/**
 * Freezes a value at every depth, also below objects that were frozen before, and returns it.
 * Throws a TypeError for a value without a key: here the error can still name the function that made the value. (A frozen
 * Map could also still be changed.)
 */
export function frozen<T>(value: T): T {
  if (typeof value === "function" || typeof value === "symbol") throw notPlain(`a ${typeof value}`);
  if (typeof value !== "object" || value === null || value instanceof Interned) return value;
  // An object that was frozen before was looked at then.
  if (!Object.isFrozen(value)) mustShowAll(value);
  const parts: readonly unknown[] = Object.values(value);
  if (!Array.isArray(value)) mustBePlain(value);
  else if (parts.length < value.length) throw notPlain("an array with holes");
  Object.freeze(value);
  for (const part of parts) frozen(part);
  return value;
}

/** Throws a TypeError for fields that a key does not have, or that may have another value each time: states would be merged. */
function mustShowAll(value: object): void {
  const isArray = Array.isArray(value);
  for (const name of Reflect.ownKeys(value)) {
    if (isArray && name === "length") continue;
    if (typeof name === "symbol") throw notPlain("an object with a symbol for a field");
    const field = Object.getOwnPropertyDescriptor(value, name);
    if (field?.get !== undefined || field?.set !== undefined)
      throw notPlain("an object with a getter or a setter");
    if (field?.enumerable !== true) throw notPlain("an object with a hidden field");
    if (isArray && !/^\d+$/.test(name)) throw notPlain("an array with a field of its own");
  }
}

/** Sorts by insertion, which is fastest for few names that are nearly in order; searches need keys often. */
function sortedNames(fields: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(fields);
  for (let i = 1; i < names.length; i++) {
    const name = names[i] as string;
    let at = i;
    for (; at > 0 && (names[at - 1] as string) > name; at--) names[at] = names[at - 1] as string;
    names[at] = name;
  }
  return names;
}

/** A value as a trace shows it: numbers in decimal, large 64-bit values in hexadecimal, strings without quotes. */
export function showValue(value: Value): string {
  switch (typeof value) {
    case "bigint":
      return value > 0xffffn ? `0x${value.toString(16)}` : value.toString();
    case "string":
      return value;
    case "object":
      return value === null ? "NULL" : showObject(value);
    default:
      return String(value);
  }
}

function showObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(",")}]`;
  // All other kinds of Value were handled above.
  const fields = Object.entries(value as { readonly [key: string]: Value });
  return `{${fields.map(([name, field]) => `${name}:${showValue(field)}`).join(",")}}`;
}
