/**
 * The kernel's memory: structures, their fields, and the operations that load and store them.
 *
 * Each load and each store is one step, because an NMI on the same CPU or code on another CPU can come between
 * any two.
 * Not modelled: accesses are atomic and happen in program order; the compiler's freedom to merge and reorder
 *   plain accesses and the memory model between CPUs are not there.
 */
import { component, type Family, type ReadView, type View } from "../../src/spec/component.js";
import { operation, type Kernel } from "../../src/spec/kernel-function.js";
import { hexadecimal, type Notation } from "../../src/spec/notation.js";
import { showValue, type Value } from "../../src/spec/value.js";
import { takenFromCounter } from "../ground-truth.js";

declare const fieldType: unique symbol;

/** A place in memory that holds a T: a component's name and a path into it. Plain data, like a pointer. */
export type Field<T extends Value> = {
  readonly of: string;
  readonly path: readonly string[];
  /** Carries T for the compiler; no such property exists. */
  readonly [fieldType]?: T;
};

/** The fields of a structure, nested as the structure is: `perf_event("A").hw.period_left`. */
export type Fields<S> = {
  readonly [K in keyof S]: S[K] extends readonly Value[]
    ? Field<S[K]>
    : S[K] extends readonly unknown[]
      ? never
      : S[K] extends object
        ? Fields<S[K]>
        : S[K] extends Value
          ? Field<S[K]>
          : never;
};

/** How traces write what fields hold, nested as the structure is; a field that is left out is written as it is. */
export type FieldNotations<S> = {
  readonly [K in keyof S]?: S[K] extends readonly unknown[]
    ? never
    : S[K] extends object
      ? FieldNotations<S[K]>
      : Notation;
};

/** By family of components and path, `event.hw.state`: a field is plain data and cannot carry it. */
const notations = new Map<string, Notation>();

/**
 * The fields of the structures a family of components holds, by the family's key.
 * `template` is any value of the structure: its keys are the fields.
 */
export function struct<K, S extends object>(
  family: Family<K, S>,
  template: S,
  notation: FieldNotations<S> = {},
): (key: K) => Fields<S> {
  keepNotations(family.familyName, notation);
  const made = new Map<K, Fields<S>>();
  return (key) => {
    let fields = made.get(key);
    if (fields === undefined) {
      fields = fieldsOf(family(key).name, [], template);
      made.set(key, fields);
    }
    return fields;
  };
}

function fieldsOf<S extends object>(of: string, path: readonly string[], template: S): Fields<S> {
  const entries = Object.entries(template).map(([name, value]: [string, unknown]) => {
    const inner = [...path, name];
    const nested = typeof value === "object" && value !== null && !Array.isArray(value);
    return [name, nested ? fieldsOf(of, inner, value) : { of, path: inner }];
  });
  // The entries are, by construction, the fields of S that the mapped type lists.
  return Object.fromEntries(entries) as Fields<S>;
}

function keepNotations(prefix: string, of: object): void {
  for (const [name, given] of Object.entries(of) as [string, object][]) {
    const path = `${prefix}.${name}`;
    if (isNotation(given)) notations.set(path, given);
    else keepNotations(path, given);
  }
}

/** FieldNotations has no other functions. */
function isNotation(given: object): given is Notation {
  return typeof given === "function";
}

/** Element i of an array field. */
export function element<T extends Value>(array: Field<readonly T[]>, i: number): Field<T> {
  return { of: array.of, path: [...array.path, String(i)] };
}

/** What the place holds. */
export function peek<T extends Value>(view: ReadView, from: Field<T>): T {
  let at = view.read(component<unknown>(from.of));
  // Every step of the path was taken from the structure's template, so it leads into an object.
  for (const name of from.path) at = (at as Record<string, unknown>)[name];
  // A Field<T> names a place that holds a T.
  return at as T;
}

/** Replaces what the place holds; returns what it held. */
export function poke<T extends Value>(view: View, to: Field<T>, replace: (old: T) => T): T {
  const old = peek(view, to);
  view.update(component<Record<string, unknown>>(to.of), (draft) => {
    let at = draft;
    for (const name of to.path.slice(0, -1)) at = at[name] as Record<string, unknown>;
    at[to.path.at(-1) ?? ""] = replace(old);
  });
  return old;
}

const loadOperation = operation<[Field<Value>], Value>({
  name: "load",
  perform: (view, _cpu, [from]) => peek(view, from),
  show: ([from], value) => `${showField(from)} is ${showHeld(from, value)}`,
});

/** A plain load, READ_ONCE or local64_read. */
export function* load<T extends Value>(from: Field<T>): Kernel<T> {
  // A Field<T> names a place that holds a T.
  return (yield* loadOperation(from)) as T;
}

const loadStableOperation = operation<[Field<Value>], Value>({
  name: "loadStable",
  local: true,
  perform: (view, _cpu, [from]) => peek(view, from),
  show: ([from], value) => `${showField(from)} is ${showHeld(from, value)}`,
});

/**
 * A load of something that no other context can be writing now (a constant of the event, hw.idx, what a held
 * lock protects). When it happens makes no difference, so it is no step of its own.
 */
export function* loadStable<T extends Value>(from: Field<T>): Kernel<T> {
  // A Field<T> names a place that holds a T.
  return (yield* loadStableOperation(from)) as T;
}

const storeOperation = operation<[Field<Value>, Value], void>({
  name: "store",
  perform: (view, _cpu, [to, value]) => void poke(view, to, () => value),
  show: ([to, value]) => `${showField(to)} = ${showHeld(to, value)}`,
});

/** A plain store, WRITE_ONCE or local64_set. */
export function* store<T extends Value>(to: Field<T>, value: T): Kernel {
  yield* storeOperation(to, value);
}

/** `field |= bits` on data that only this CPU writes; the value before. */
export const storeOr = operation<[Field<number>, number], number>({
  name: "storeOr",
  perform: (view, _cpu, [to, bits]) => poke(view, to, (old) => old | bits),
  show: ([to, bits]) => `${showField(to)} |= ${showBits(to, bits)}`,
});

/** `field &= ~bits` on data that only this CPU writes; the value before. */
export const storeAndNot = operation<[Field<number>, number], number>({
  name: "storeAndNot",
  perform: (view, _cpu, [to, bits]) => poke(view, to, (old) => old & ~bits),
  show: ([to, bits]) => `${showField(to)} &= ~${inverted(showBits(to, bits))}`,
});

/** `atomic_add`; the value before. */
export const storeAdd = operation<[Field<number>, number], number>({
  name: "storeAdd",
  perform: (view, _cpu, [to, amount]) => poke(view, to, (old) => old + amount),
  show: ([to, amount], old) => `${showField(to)} = ${old + amount}`,
});

/** `(*field)++` on data that only this CPU writes; the value before. */
export const postIncrement = operation<[Field<number>], number>({
  name: "postIncrement",
  perform: (view, _cpu, [to]) => poke(view, to, (old) => old + 1),
  show: ([to], old) => `${showField(to)} = ${old + 1}`,
});

/** The same for a count of which only the first `most` values are ever told apart: it stops there. */
export const postIncrementUpTo = operation<[Field<number>, number], number>({
  name: "postIncrementUpTo",
  perform: (view, _cpu, [to, most]) => poke(view, to, (old) => Math.min(old + 1, most)),
  show: ([to, most], old) => `${showField(to)} = ${Math.min(old + 1, most)}`,
});

/** `--(*field)` on data that only this CPU writes; the value after. */
export const preDecrement = operation<[Field<number>], number>({
  name: "preDecrement",
  perform: (view, _cpu, [to]) => poke(view, to, (old) => old - 1) - 1,
  show: ([to], now) => `${showField(to)} = ${now}`,
});

/**
 * `local64_cmpxchg`: stores `desired` if the field holds `expected`; what it held. hw.prev_count says
 * how far the counter was read, so that the ground truth is told who has the difference.
 */
export const local64_cmpxchg = operation<[Field<bigint>, bigint, bigint], bigint>({
  name: "local64_cmpxchg",
  perform: (view, _cpu, [to, expected, desired]) => {
    const old = poke(view, to, (held) => (held === expected ? desired : held));
    if (old === expected && to.path.join(".") === "hw.prev_count") {
      takenFromCounter(view, to.of, desired - expected);
    }
    return old;
  },
  show: ([to, expected, desired], old) =>
    old === expected
      ? `${showField(to)} = ${showHeld(to, desired)} (cmpxchg)`
      : `${showField(to)} stays ${showHeld(to, old)} (cmpxchg failed)`,
});

/** `local64_sub` on a signed 64-bit field. */
export const local64_sub = operation<[bigint, Field<bigint>], void>({
  name: "local64_sub",
  perform: (view, _cpu, [amount, to]) => void poke(view, to, (old) => BigInt.asIntN(64, old - amount)),
  show: ([amount, to]) => `${showField(to)} -= ${showHeld(to, amount)}`,
});

/** `test_and_set_bit` on a bitmap of at most 32 bits; the bit's old value. */
export const test_and_set_bit = operation<[number, Field<number>], boolean>({
  name: "test_and_set_bit",
  perform: (view, _cpu, [nr, map]) => (poke(view, map, (old) => (old | (1 << nr)) >>> 0) & (1 << nr)) !== 0,
  show: ([nr, map], was) => `${showField(map)} bit ${nr} set, was ${was ? 1 : 0}`,
});

/** `clear_bit` on a bitmap of at most 32 bits. */
export const clear_bit = operation<[number, Field<number>], void>({
  name: "clear_bit",
  perform: (view, _cpu, [nr, map]) => void poke(view, map, (old) => (old & ~(1 << nr)) >>> 0),
  show: ([nr, map]) => `${showField(map)} bit ${nr} cleared`,
});

/** A value in the notation of the field. */
export function showHeld(field: Field<Value>, value: Value): string {
  return (notationOf(field) ?? showValue)(value);
}

/** Bits of a field: flags by name, others in hexadecimal. */
function showBits(field: Field<Value>, bits: number): string {
  return (notationOf(field) ?? hexadecimal)(bits);
}

/** Several flags need parentheses. */
function inverted(flags: string): string {
  return flags.includes("|") ? `(${flags})` : flags;
}

function notationOf({ of, path }: Field<Value>): Notation | undefined {
  const [, family = ""] = /^(?:cpu\d+\.)?(\w+)/.exec(of) ?? [];
  return notations.get(`${family}.${path.join(".")}`);
}

/** `event.A` + hw.state is `A->hw.state`; `cpu1.rq` + curr is `rq1->curr`. */
export function showField(field: Field<Value>): string {
  const object = field.of.replace(/^cpu(\d+)\.(.*)$/, "$2$1").replace(/^(event|task|ctx)\./, "");
  return `${object}->${field.path.join(".").replace(/\.(\d+)$/, "[$1]")}`;
}
