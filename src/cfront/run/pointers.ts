/** Pointers: what they point to, and their arithmetic, which stays within one array. */
import { CError, type At } from "../base/errors.js";
import {
  Aggregate,
  FunctionPointer,
  isSamePlace,
  Pointer,
  showPlace,
  typeAt,
  type CValue,
  type Place,
} from "../meaning/values.js";
import type { Step } from "../semantics/placements.js";
import { describe } from "../syntax/describe.js";
import type { Expression } from "../syntax/syntax.js";
import { compare, type ComparisonOperator } from "../types/integers.js";
import { isSameType, showType, VOID, type CType } from "../types/types.js";

/**
 * The place that a pointer of type `type *` points to. `node` is where it is used: errors name it.
 * Throws PMC225 for NULL and other addresses, PMC227 outside of an array, PMC231 if something of another type is there.
 */
export function pointedTo(value: CValue, type: CType, node: Expression): Place {
  const { at } = node;
  if (value instanceof Pointer) {
    mustBeInside(value.to, at);
    return asType(value.to, type, at);
  }
  if (typeof value === "bigint") {
    const what = value === 0n ? "NULL" : `the address 0x${value.toString(16)}, which is no object`;
    throw new CError("PMC225", at, `${describe(node)} is ${what}`, "test it before it is used");
  }
  throw new CError(
    "PMC231",
    at,
    `${describe(node)} points to no ${showType(type)}`,
    "use a pointer of the right type",
  );
}

/** The place seen as `type`: itself, its first element or member, or what it is the first of. */
function asType(place: Place, type: CType, at: At): Place {
  for (let seen: Place | undefined = place; seen !== undefined; seen = firstOf(seen)) {
    if (isCompatible(seen.type, type)) return seen;
  }
  for (let seen = aroundFirst(place); seen !== undefined; seen = aroundFirst(seen)) {
    if (isCompatible(seen.type, type)) return seen;
  }
  throw new CError(
    "PMC231",
    at,
    `${showPlace(place)} is ${showType(place.type)}, and is used as ${showType(type)}`,
    "use it as what it is",
  );
}

function firstOf({ object, path, type }: Place): Place | undefined {
  if (type.kind === "array") return { object, path: [...path, 0], type: type.element };
  const first = type.kind === "record" ? type.definition.members?.[0] : undefined;
  if (first?.name === undefined) return undefined;
  return { object, path: [...path, first.name], type: first.type };
}

/** May what is declared as `declared` be used as `used`? Signedness may differ, as in C. */
export function isCompatible(declared: CType, used: CType): boolean {
  if (used.kind === "void" || isSameType(declared, used)) return true;
  if (declared.kind === "pointer") return used.kind === "pointer";
  if (declared.kind !== "integer" || used.kind !== "integer") return false;
  return declared.bits === used.bits && declared.isBool === used.isBool && declared.fieldOf === used.fieldOf;
}

/** Throws PMC227 if the place is outside of the array it is in: a pointer may go there, an access may not. */
function mustBeInside(place: Place, at: At): void {
  const array = arrayAround(place);
  if (array === undefined) return;
  const { index, length } = array;
  if (index >= 0 && index < length) return;
  throw outside(place, index, length, at);
}

/** The array that the place is an element of. */
function arrayAround({ object, path }: Place): { index: number; length: number } | undefined {
  const index = path.at(-1);
  if (typeof index !== "number") return undefined;
  const type = typeAt(object.type, path.slice(0, -1));
  return { index, length: type?.kind === "array" ? (type.length ?? Infinity) : Infinity };
}

/**
 * `value + by`, for a pointer. One element past the end is allowed, as in C, as long as it is not accessed.
 * Throws PMC227 for more, PMC225 for NULL.
 */
export function moved(value: CValue, by: bigint, at: At): CValue {
  if (by === 0n) return value;
  if (!(value instanceof Pointer)) {
    const what = value === 0n ? "NULL" : "a pointer that is no object";
    throw new CError("PMC225", at, `${by} is added to ${what}`, "test it before it is used");
  }
  const { object, path, type } = value.to;
  const array = arrayAround(value.to);
  if (array === undefined) {
    throw new CError("PMC227", at, `${showPlace(value.to)} is no array`, "do not move a pointer to it");
  }
  const index = array.index + Number(by);
  if (index < 0 || index > array.length) throw outside(value.to, index, array.length, at);
  return new Pointer({ object, path: [...path.slice(0, -1), index], type });
}

function outside(place: Place, index: number, length: number, at: At): CError {
  const array = showPlace({ ...place, path: place.path.slice(0, -1) });
  return new CError(
    "PMC227",
    at,
    `index ${index} is outside of ${array}, which has ${length} elements`,
    "keep the index within the array",
  );
}

/** `left - right` in elements. Throws PMC231 if they are not in one array. */
export function distance(left: CValue, right: CValue, at: At): bigint {
  return BigInt(indexIn(left, right, at) - indexIn(right, left, at));
}

/** Compares pointers: any for equality, those into one array for order. Throws PMC231. */
export function comparePointers(operator: ComparisonOperator, left: CValue, right: CValue, at: At): boolean {
  if (operator === "==" || operator === "!=") return isSameValue(left, right) === (operator === "==");
  if (typeof left === "bigint" && typeof right === "bigint") return compare(operator, left, right);
  return compare(operator, BigInt(indexIn(left, right, at)), BigInt(indexIn(right, left, at)));
}

function isSameValue(left: CValue, right: CValue): boolean {
  if (left instanceof Pointer && right instanceof Pointer)
    return isSamePlace(outermost(left.to), outermost(right.to));
  if (left instanceof FunctionPointer && right instanceof FunctionPointer) return left.name === right.name;
  return left === right;
}

/** The largest thing that begins at the place: a structure begins where its first member does. */
function outermost(place: Place): Place {
  let found = place;
  for (let around = aroundFirst(found); around !== undefined; around = aroundFirst(found)) found = around;
  return found;
}

/** What the place is the first element or member of. */
function aroundFirst({ object, path }: Place): Place | undefined {
  const outer = path.slice(0, -1);
  const type = typeAt(object.type, outer);
  if (path.length === 0 || type === undefined || !beginsWith(type, path.at(-1))) return undefined;
  return { object, path: outer, type };
}

function beginsWith(type: CType, step: Step | undefined): boolean {
  if (type.kind !== "record") return step === 0;
  const { keyword, members = [] } = type.definition;
  return keyword === "union" || members[0]?.name === step;
}

function indexIn(value: CValue, other: CValue, at: At): number {
  if (value instanceof Pointer && other instanceof Pointer) {
    const index = value.to.path.at(-1);
    const base = { ...value.to, path: value.to.path.slice(0, -1), type: VOID };
    const otherBase = { ...other.to, path: other.to.path.slice(0, -1), type: VOID };
    if (typeof index === "number" && isSamePlace(base, otherBase)) return index;
    if (isSamePlace(value.to, other.to)) return 0;
  }
  throw new CError("PMC231", at, "the pointers are not into one array", "compare indices");
}

/** Is it true in a condition? Throws PMC231 for a structure. */
export function isTrue(value: CValue, at: At): boolean {
  if (typeof value === "bigint") return value !== 0n;
  if (value instanceof Aggregate)
    throw new CError("PMC231", at, "a structure is no condition", "test a member");
  return true;
}
