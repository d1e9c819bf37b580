/** The types of C, as the parser makes them: plain objects, that of a structure completed when its members are known. */
import { showAt, type At } from "../base/errors.js";

export type CType =
  VoidType | IntegerType | FloatingType | PointerType | ArrayType | RecordType | FunctionType;

interface Qualified {
  /** `const`, which is all that is kept of qualifiers: `volatile` says nothing about what a step is. */
  readonly constant?: true;
}

export interface VoidType extends Qualified {
  readonly kind: "void";
}

/** Integers, `_Bool` and enumerations; and bit-fields, which are integers of their own width. */
export interface IntegerType extends Qualified {
  readonly kind: "integer";
  readonly name: string;
  readonly bits: number;
  readonly signed: boolean;
  /** C's conversion rank: of two integer types, the one that the other is converted to. */
  readonly rank: number;
  /** `_Bool`: what is not 0 becomes 1. */
  readonly isBool?: true;
  /** The tag of an enumeration, "" if it has none. */
  readonly enumeration?: string;
  /** The declared type of a bit-field. */
  readonly fieldOf?: IntegerType;
}

/** Known so that declarations can be read; to compute with one is an error. */
export interface FloatingType extends Qualified {
  readonly kind: "floating";
  readonly name: string;
  readonly size: number;
}

export interface PointerType extends Qualified {
  readonly kind: "pointer";
  readonly to: CType;
}

export interface ArrayType extends Qualified {
  readonly kind: "array";
  readonly element: CType;
  /** Undefined if it is not said: `int a[];` */
  readonly length: number | undefined;
}

export interface FunctionType extends Qualified {
  readonly kind: "function";
  readonly result: CType;
  readonly parameters: readonly CType[];
  /** Takes more arguments than it names, or does not say what it takes. */
  readonly variadic: boolean;
}

export interface RecordType extends Qualified {
  readonly kind: "record";
  /** One object per definition: two structure types are the same if this is. */
  readonly definition: RecordDefinition;
}

export interface RecordDefinition {
  readonly keyword: "struct" | "union";
  readonly tag: string | undefined;
  /** Where it is defined; until then, where it is first named. */
  at: At;
  /** Undefined until the members are read. */
  members: readonly Member[] | undefined;
  packed: boolean;
  /** From `__attribute__((aligned(n)))`. */
  alignment: number | undefined;
}

export interface Member {
  /** Undefined for an anonymous structure or union, whose members count as those around it, and for padding. */
  readonly name: string | undefined;
  readonly type: CType;
  readonly at: At;
  readonly alignment?: number | undefined;
}

export const VOID: VoidType = { kind: "void" };

export function pointerTo(to: CType): PointerType {
  return { kind: "pointer", to };
}

/** The same type, constant. For an array it is the elements that are. */
export function constantly(type: CType): CType {
  if (type.kind === "array") return { ...type, element: constantly(type.element) };
  return type.constant === true ? type : { ...type, constant: true };
}

/** The same type without `const`. */
export function unqualified(type: CType): CType {
  if (type.constant === undefined) return type;
  const { constant: _, ...rest } = type;
  return rest;
}

export function isScalar(type: CType): boolean {
  return type.kind === "integer" || type.kind === "pointer" || type.kind === "floating";
}

/** Arrays and functions used as values are pointers. */
export function decayed(type: CType): CType {
  if (type.kind === "array") return pointerTo(type.element);
  if (type.kind === "function") return pointerTo(type);
  return type;
}

/** The way from a record to its member `name`, through anonymous ones; undefined if there is none. */
export function memberOf(record: RecordDefinition, name: string): readonly [Member, ...Member[]] | undefined {
  for (const member of record.members ?? []) {
    if (member.name === name) return [member];
    if (member.name !== undefined || member.type.kind !== "record") continue;
    const inner = memberOf(member.type.definition, name);
    if (inner !== undefined) return [member, ...inner];
  }
  return undefined;
}

/** Is it the same type? `const` counts in what a pointer points to, and not outside. */
export function isSameType(a: CType, b: CType): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "void":
      return true;
    case "integer":
      return a.name === (b as IntegerType).name && a.bits === (b as IntegerType).bits;
    case "floating":
      return a.name === (b as FloatingType).name;
    case "pointer":
      return isSameTarget(a.to, (b as PointerType).to);
    case "array": {
      const other = b as ArrayType;
      const open = a.length === undefined || other.length === undefined;
      return (open || a.length === other.length) && isSameType(a.element, other.element);
    }
    case "record":
      return isSameRecord(a.definition, (b as RecordType).definition);
    case "function": {
      const other = b as FunctionType;
      return (
        isSameType(a.result, other.result) &&
        a.parameters.length === other.parameters.length &&
        a.parameters.every((parameter, i) => isSameType(parameter, other.parameters[i] ?? VOID))
      );
    }
  }
}

function isSameTarget(a: CType, b: CType): boolean {
  return a.constant === b.constant && isSameType(a, b);
}

/** Two units that include one header define its structures twice: they are the same by tag, place and members. */
function isSameRecord(a: RecordDefinition, b: RecordDefinition): boolean {
  if (a === b) return true;
  if (a.tag !== b.tag || a.keyword !== b.keyword) return false;
  if (a.members === undefined || b.members === undefined) return a.tag !== undefined;
  return showAt(a.at) === showAt(b.at) && namesOf(a.members) === namesOf(b.members);
}

function namesOf(members: readonly Member[]): string {
  return members.map(({ name = "" }) => name).join();
}

/** As C writes it: `struct perf_event *`. */
export function showType(type: CType): string {
  switch (type.kind) {
    case "void":
      return "void";
    case "integer":
      return type.fieldOf === undefined ? type.name : `${type.fieldOf.name} :${type.bits}`;
    case "floating":
      return type.name;
    case "pointer":
      return type.to.kind === "pointer" ? `${showType(type.to)}*` : `${showType(type.to)} *`;
    case "array":
      return `${showType(type.element)}[${type.length ?? ""}]`;
    case "record":
      return `${type.definition.keyword} ${type.definition.tag ?? "(anonymous)"}`;
    case "function":
      return `${showType(type.result)} (${type.parameters.map(showType).join(", ")})`;
  }
}
