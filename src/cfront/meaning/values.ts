/**
 * What C code computes with.
 *
 * An integer is a bigint in its type's range. So is a pointer that was made of one: NULL is 0n, an error pointer what it says.
 * Every other pointer is a {@link Place}: an object and the way into it, never an address.
 */
import type { Path, Step } from "../semantics/placements.js";
import type { Variable } from "../syntax/syntax.js";
import type { CType, RecordType } from "../types/types.js";
import { memberOf, type Member } from "../types/types.js";

export type CValue = bigint | Pointer | FunctionPointer | Aggregate;

/** What a variable holds: undefined until it was given a value. Also what a function of type void returns. */
export type Held = CValue | undefined;

export class Pointer {
  readonly to: Place;

  constructor(to: Place) {
    this.to = to;
  }
}

export class FunctionPointer {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** The value of a structure, a union or an array: its parts by name or index. What is absent was never given a value. */
export class Aggregate {
  readonly parts = new Map<Step, Held>();

  copy(): Aggregate {
    const copied = new Aggregate();
    for (const [step, part] of this.parts) copied.parts.set(step, copyOf(part));
    return copied;
  }
}

export function copyOf<H extends Held>(value: H): H {
  // The copy of an aggregate is one.
  return value instanceof Aggregate ? (value.copy() as H) : value;
}

/** A local variable, or a parameter: one object per turn through its declaration. */
export interface LocalObject {
  readonly kind: "local";
  readonly name: string;
  readonly type: CType;
  content: Held;
}

/** What never changes: a string literal, a constant table. */
export interface ConstantObject {
  readonly kind: "constant";
  readonly name: string;
  readonly type: CType;
  /** Undefined only while it is worked out: a table may have its own address in it. */
  content: Held;
}

/** Everything else: what the Meaning says there is. Two of one name are the same object. */
export interface SharedObject {
  readonly kind: "shared";
  readonly name: string;
  readonly type: CType;
  /** The variable that it is, for those that the C declares. */
  readonly variable?: Variable;
}

export type CObject = LocalObject | ConstantObject | SharedObject;

export interface Place<O extends CObject = CObject> {
  readonly object: O;
  readonly path: Path;
  /** The type of what is there. */
  readonly type: CType;
}

export type SharedPlace = Place<SharedObject>;

export function wholeOf<O extends CObject>(object: O): Place<O> {
  return { object, path: [], type: object.type };
}

/** The place of a member; `way` goes through the anonymous ones it is in, which are no steps. */
export function memberAt<O extends CObject>(
  { object, path }: Place<O>,
  way: readonly [Member, ...Member[]],
): Place<O> {
  const { name = "", type } = way.at(-1) as Member;
  return { object, path: [...path, name], type };
}

export function isShared(place: Place): place is SharedPlace {
  return place.object.kind === "shared";
}

/** The type of what a path leads to; undefined if it leads nowhere. */
export function typeAt(type: CType, path: Path): CType | undefined {
  let at: CType | undefined = type;
  for (const step of path) {
    if (at?.kind === "array") at = at.element;
    else if (at?.kind === "record") at = memberOf(at.definition, String(step))?.at(-1)?.type;
    else return undefined;
  }
  return at;
}

export function isSamePlace(a: Place, b: Place): boolean {
  return (
    isSameObject(a.object, b.object) &&
    a.path.length === b.path.length &&
    a.path.every((step, i) => step === b.path[i])
  );
}

function isSameObject(a: CObject, b: CObject): boolean {
  return a === b || (a.kind === "shared" && b.kind === "shared" && a.name === b.name);
}

/** Does the value point to a local variable, at any depth? */
export function pointsToLocal(value: Held): boolean {
  if (value instanceof Pointer) return value.to.object.kind === "local";
  if (!(value instanceof Aggregate)) return false;
  for (const part of value.parts.values()) if (pointsToLocal(part)) return true;
  return false;
}

/** As an error shows it: `event.A->hw.state`, `counts[3]`. */
export function showPlace({ object, path }: Place): string {
  return path.reduce<string>(
    (shown, step) => shown + (typeof step === "number" ? `[${step}]` : `.${step}`),
    object.name,
  );
}

/** The names of the members that `name` shares its memory with, because a union is around both. */
export function overlapping(record: RecordType, name: string): readonly string[] {
  const { members = [], keyword } = record.definition;
  const mine = memberOf(record.definition, name)?.[0];
  const others = keyword === "union" ? members.filter((member) => member !== mine).flatMap(namesOf) : [];
  const isInner = mine?.name === undefined && mine?.type.kind === "record";
  return isInner ? [...others, ...overlapping(mine.type, name)] : others;
}

function namesOf({ name, type }: Member): readonly string[] {
  if (name !== undefined) return [name];
  return type.kind === "record" ? (type.definition.members ?? []).flatMap(namesOf) : [];
}
