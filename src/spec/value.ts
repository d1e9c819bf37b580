/**
 * Plain values and their canonical keys.
 *
 * Everything that is part of a state is plain data: it can be compared, hashed, printed and stored. `keyOf`
 * turns a value into a string that is equal exactly when the values are, whatever order their fields were
 * written in. Nothing here may know what a value means.
 */

/** What a kernel function may be given, may observe, and may return. */
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
 * An object that exists once per value (hash-consed), so that its identity stands for its contents.
 * `identity` is unique within the process and means nothing outside it.
 */
export abstract class Interned {
  readonly identity: number;

  protected constructor(identity: number) {
    this.identity = identity;
  }
}

/**
 * Names of fields that stand in a key as they are: nothing in them could end them. All others are quoted, and begin with
 * the quote that these do not have.
 */
const BARE_NAME = /^\w+$/;
/** By name, how it stands in a key: values have few names, and searches ask for keys all the time. */
const shownNames = new Map<string, string>();

/**
 * The canonical key of a plain value: equal keys mean equal values (-0 is 0, as it is to ===).
 * Throws a TypeError for functions, symbols, arrays with holes and class instances other than {@link Interned}, which
 * cannot be state.
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
  // What is left is an object of plain values.
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
 * The same value, of which nobody can change anything any more, at any depth: also below what was frozen by itself.
 * Throws a TypeError for what has no key: here somebody still knows who made it. (And a Map, frozen, can still be changed.)
 */
export function frozen<T>(value: T): T {
  if (typeof value === "function" || typeof value === "symbol") throw notPlain(`a ${typeof value}`);
  if (typeof value !== "object" || value === null || value instanceof Interned) return value;
  const parts: readonly unknown[] = Object.values(value);
  if (!Array.isArray(value)) mustBePlain(value);
  else if (parts.length < value.length) throw notPlain("an array with holes");
  Object.freeze(value);
  for (const part of parts) frozen(part);
  return value;
}

/** By insertion: there are few, nearly in order as a rule, and searches ask for keys all the time. */
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

/** A value in a trace: numbers in decimal, 64-bit values in hexadecimal when they are large, names bare. */
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
  // What is left of Value is an object of Values.
  const fields = Object.entries(value as { readonly [key: string]: Value });
  return `{${fields.map(([name, field]) => `${name}:${showValue(field)}`).join(",")}}`;
}
