/**
 * Initialisers: which expression goes where (C11 6.7.9 and GNU's ranges).
 *
 *   struct { int a; int b[3]; } x = { 1, .b = { [0 ... 1] = 7 }, };
 *
 * is: `1` to `a`, `7` to `b[0]` and `b[1]`; everything that is not named is zero. Braces of inner aggregates may be left
 * out; then the items go to one scalar after the other.
 */
import { CError, type At } from "../base/errors.js";
import {
  isExpression,
  type Designator,
  type Expression,
  type Initialiser,
  type InitialiserItem,
  type InitialiserList,
  type StringExpression,
} from "../syntax/syntax.js";
import {
  isSameType,
  memberOf,
  showType,
  type ArrayType,
  type CType,
  type Member,
  type RecordType,
} from "../types/types.js";
import { valueTypeOf } from "./typing.js";

/** One step into an object: a member's name or an index. Anonymous members are no step. */
export type Step = string | number;
export type Path = readonly Step[];

export interface Placement {
  /** More than one for a range, which is evaluated once. */
  readonly paths: readonly Path[];
  readonly type: CType;
  readonly value: Expression;
}

/** Where the parts of an initialiser for an object of `type` go, in the order of evaluation. */
export function placementsOf(type: CType, initialiser: Initialiser): readonly Placement[] {
  const out: Placement[] = [];
  place(type, initialiser, [[]], out);
  return out;
}

/** The type of an object after its initialiser: that says the length of an array without one. */
export function completed(type: CType, initialiser: Initialiser): CType {
  if (type.kind !== "array" || type.length !== undefined) return type;
  const text = textOf(type, initialiser);
  if (text !== undefined) return { ...type, length: text.bytes.length + 1 };
  const indices = placementsOf(type, initialiser).flatMap(({ paths }) =>
    paths.map(([index]) => Number(index)),
  );
  return { ...type, length: indices.length === 0 ? 0 : Math.max(...indices) + 1 };
}

type Aggregate = ArrayType | RecordType;

/** An aggregate whose parts are being filled. */
interface Filling {
  readonly type: Aggregate;
  readonly paths: readonly Path[];
  /** The part that comes next, and how many after it a range takes with it. */
  next: number;
  span: number;
}

/** A part of an aggregate: all the places it is at, which are more than one within a range. */
interface Part {
  readonly type: CType;
  readonly paths: readonly Path[];
}

function place(type: CType, initialiser: Initialiser, paths: readonly Path[], out: Placement[]): void {
  const text = textOf(type, initialiser);
  if (text !== undefined) out.push({ paths, type, value: text });
  else if (isExpression(initialiser)) out.push({ paths, type, value: initialiser });
  else if (isAggregate(type)) fill(type, initialiser, paths, out);
  else {
    const [first, ...more] = initialiser.items;
    if (more.length > 0) throw tooMany(initialiser, type);
    if (first !== undefined) place(type, first.value, paths, out);
  }
}

function fill(type: Aggregate, list: InitialiserList, paths: readonly Path[], out: Placement[]): void {
  if (type.kind === "record" && type.definition.members === undefined) {
    const what = `the members of ${showType(type)} are not declared`;
    throw new CError("PMC236", list.at, what, "give the header that declares them");
  }
  let open: Filling[] = [{ type, paths, next: 0, span: 1 }];
  for (const item of list.items) {
    if (item.designators.length > 0) {
      open = open.slice(0, 1);
      designate(open, item.designators);
    }
    fillNext(open, item, list, out);
  }
}

/** Makes what the designators name the next part of the innermost aggregate in `open`. */
function designate(open: Filling[], designators: readonly Designator[]): void {
  designators.forEach((designator, i) => {
    const positions = positionsOf(innermost(open).type, designator);
    positions.forEach((position, j) => {
      const filling = innermost(open);
      filling.next = position;
      if (designator.kind === "index") filling.span = Number(designator.to - designator.from) + 1;
      const isLast = i === designators.length - 1 && j === positions.length - 1;
      if (!isLast) enter(open, take(filling), designator);
    });
  });
}

/** Puts an item into the next part; into the first scalar of it, if it has parts and the item is none of its kind. */
function fillNext(
  open: Filling[],
  { value }: InitialiserItem,
  list: InitialiserList,
  out: Placement[],
): void {
  for (;;) {
    while (!hasMore(innermost(open))) {
      open.pop();
      if (open.length === 0) throw tooMany(list, undefined);
    }
    const part = take(innermost(open));
    if (!isAggregate(part.type) || !isExpression(value) || fits(part.type, value)) {
      place(part.type, value, part.paths, out);
      return;
    }
    enter(open, part, value);
  }
}

function enter(open: Filling[], { type, paths }: Part, at: { readonly at: At }): void {
  if (!isAggregate(type))
    throw new CError("PMC220", at.at, `${showType(type)} has no parts`, "correct the designator");
  open.push({ type, paths, next: 0, span: 1 });
}

/** The parts of a record that can be initialised: padding cannot. */
function fillable(type: RecordType): readonly Member[] {
  return (type.definition.members ?? []).filter(
    (member) => member.name !== undefined || member.type.kind === "record",
  );
}

function hasMore({ type, next }: Filling): boolean {
  if (type.kind === "array") return next < (type.length ?? Infinity);
  return next < fillable(type).length;
}

function take(filling: Filling): Part {
  const { type, paths, next, span } = filling;
  filling.span = 1;
  if (type.kind === "array") {
    filling.next = next + span;
    const indices = Array.from({ length: span }, (_, i) => next + i);
    return { type: type.element, paths: paths.flatMap((path) => indices.map((index) => [...path, index])) };
  }
  // Of a union, one member is initialised.
  filling.next = type.definition.keyword === "union" ? Infinity : next + 1;
  const { name, type: memberType } = fillable(type)[next] as Member;
  return { type: memberType, paths: name === undefined ? paths : paths.map((path) => [...path, name]) };
}

/** Where in `type` a designator points to: the position in it, then those in anonymous members. */
function positionsOf(type: Aggregate, designator: Designator): readonly number[] {
  if (designator.kind === "index") {
    if (type.kind === "array" && designator.to < (type.length ?? Infinity)) return [Number(designator.from)];
    throw new CError(
      "PMC220",
      designator.at,
      `${showType(type)} has no [${designator.to}]`,
      "correct the index",
    );
  }
  const way = type.kind === "record" ? memberOf(type.definition, designator.name) : undefined;
  if (way === undefined) {
    throw new CError(
      "PMC223",
      designator.at,
      `${showType(type)} has no field ${designator.name}`,
      "declare the field, or load the header that does",
    );
  }
  let record = type as RecordType;
  return way.map((member) => {
    const position = fillable(record).indexOf(member);
    if (member.type.kind === "record") record = member.type;
    return position;
  });
}

function innermost(open: readonly Filling[]): Filling {
  return open.at(-1) as Filling;
}

function isAggregate(type: CType): type is Aggregate {
  return type.kind === "array" || type.kind === "record";
}

/** Does the expression initialise the whole aggregate: a structure of its type, or a text? */
function fits(type: Aggregate, value: Expression): boolean {
  return (
    textOf(type, value) !== undefined || (type.kind === "record" && isSameType(type, valueTypeOf(value)))
  );
}

/** The string literal, in braces or not, that initialises an array of characters. */
function textOf(type: CType, initialiser: Initialiser): StringExpression | undefined {
  if (type.kind !== "array" || type.element.kind !== "integer" || type.element.bits !== 8) return undefined;
  if (isExpression(initialiser)) return initialiser.kind === "string" ? initialiser : undefined;
  const [only] = initialiser.items;
  const isOne = initialiser.items.length === 1 && only?.designators.length === 0;
  return isOne && isExpression(only.value) ? textOf(type, only.value) : undefined;
}

function tooMany({ at }: InitialiserList, type: CType | undefined): CError {
  const what = type === undefined ? "the object" : showType(type);
  return new CError(
    "PMC220",
    at,
    `there are more values than ${what} has parts`,
    "remove those that are too many",
  );
}
