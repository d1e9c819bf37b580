/**
 * What functions write, found by reading them: which fields and variables are the driver's own state, and which get their
 * first value from code that is not run.
 */
import {
  allOf,
  CError,
  linkageName,
  placementsOf,
  typeOf,
  valueTypeOf,
  type At,
  type CFunction,
  type CType,
  type Expression,
  type Initialiser,
  type MemberExpression,
  type RecordType,
} from "../../../src/cfront/index.js";

/** One place in the C that gives a field or a variable a value. */
export interface Write {
  readonly by: string;
  readonly at: At;
  /** What it is given; undefined if that is no plain assignment. */
  readonly value: Expression | undefined;
  /** Whenever the function runs to its end, not only under some condition. */
  readonly always: boolean;
}

/** Writes by {@link fieldKey} or linkage name. */
export type Writes = ReadonlyMap<string, readonly Write[]>;

export interface Survey {
  readonly writes: Writes;
  /** The keys of what bit functions write: bitmaps. */
  readonly bitmaps: ReadonlySet<string>;
  /** Linkage names of variables that this_cpu_ptr() and its like are given. */
  readonly perCpu: ReadonlySet<string>;
}

/** By what a field is known, whichever unit's structure it is in: `hw_perf_event.state`. */
export function fieldKey(record: RecordType, member: string): string {
  const { tag, at } = record.definition;
  return `${tag ?? `${at.file}:${at.line}`}.${member}`;
}

/** Functions that write through the pointer they are given, and which argument that is. */
const WRITERS: ReadonlyMap<string, number> = new Map([
  ["local64_set", 0],
  ["local64_add", 1],
  ["local64_sub", 1],
  ["local64_cmpxchg", 0],
  ["set_bit", 1],
  ["clear_bit", 1],
  ["test_and_set_bit", 1],
  ["bitmap_zero", 0],
  ["bitmap_set", 0],
]);
const BIT_FUNCTIONS = new Set(["set_bit", "clear_bit", "test_and_set_bit", "bitmap_zero", "bitmap_set"]);

/** Of the functions given; one that cannot be parsed writes nothing that anybody could run. */
export function survey(functions: Iterable<CFunction>): Survey {
  const surveyor = new Surveyor();
  for (const of of functions) surveyor.look(of);
  return surveyor;
}

class Surveyor implements Survey {
  readonly writes = new Map<string, Write[]>();
  readonly bitmaps = new Set<string>();
  readonly perCpu = new Set<string>();

  look(of: CFunction): void {
    const { definition, name } = of;
    if (definition === undefined) return;
    try {
      const { block } = definition.body();
      const always = new Set(
        block.items.flatMap((item) => (item.kind === "expression" ? [item.expression] : [])),
      );
      for (const node of allOf(block)) {
        if (node.kind === "assignment") {
          const value = node.operator === undefined ? node.value : undefined;
          this.#assigned(name, node.target, value, always.has(node));
        } else if (node.kind === "step") this.#assigned(name, node.operand, undefined, false);
        else if (node.kind === "call") this.#called(name, node);
      }
    } catch (error) {
      if (!(error instanceof CError)) throw error;
    }
  }

  #called(by: string, { callee, arguments: args }: Expression & { kind: "call" }): void {
    if (callee.kind !== "name") return;
    const [first] = args;
    if (callee.name === "__per_cpu_ptr" && first !== undefined) {
      const variable = variableOf(pointee(first));
      if (variable !== undefined) this.perCpu.add(variable);
    }
    const written = args[WRITERS.get(callee.name) ?? -1];
    if (written === undefined) return;
    const target = pointee(written);
    this.#add(keyOf(target), { by, at: target.at, value: undefined, always: false });
    const key = keyOf(target);
    if (key !== undefined && BIT_FUNCTIONS.has(callee.name)) this.bitmaps.add(key);
  }

  #assigned(by: string, target: Expression, value: Expression | undefined, always: boolean): void {
    this.#add(keyOf(target), { by, at: target.at, value, always });
    // A structure is assigned member by member.
    if (value?.kind === "compound literal") this.#members(by, value.type, value.initialiser, always);
  }

  #members(by: string, type: CType, initialiser: Initialiser, always: boolean): void {
    if (type.kind !== "record") return;
    for (const { paths, value } of placementsOf(type, initialiser)) {
      const [path] = paths;
      if (path?.length === 1) this.#add(fieldKey(type, String(path[0])), { by, at: value.at, value, always });
    }
  }

  #add(key: string | undefined, write: Write): void {
    if (key === undefined) return;
    const known = this.writes.get(key);
    if (known === undefined) this.writes.set(key, [write]);
    else known.push(write);
  }
}

/** What a pointer expression is the address of, as far as it says so. */
function pointee(pointer: Expression): Expression {
  if (pointer.kind === "cast") return pointee(pointer.operand);
  if (pointer.kind === "unary" && pointer.operator === "&") return pointer.operand;
  return pointer;
}

/** The field or variable that an assignment to the expression writes; elements count for their array. */
function keyOf(target: Expression): string | undefined {
  switch (target.kind) {
    case "member":
      return memberKey(target);
    case "index":
      return keyOf(target.array);
    case "cast":
      return keyOf(target.operand);
    case "unary":
      return target.operator === "*" ? perCpuTarget(target.operand) : undefined;
    default:
      return variableOf(target);
  }
}

/** `*this_cpu_ptr(&calls)` writes `calls`. */
function perCpuTarget(pointer: Expression): string | undefined {
  if (pointer.kind === "cast") return perCpuTarget(pointer.operand);
  const [first] = pointer.kind === "call" ? pointer.arguments : [];
  return first === undefined ? undefined : variableOf(pointee(first));
}

function memberKey(node: MemberExpression): string | undefined {
  const record = recordOf(node);
  return record === undefined ? undefined : fieldKey(record, node.name);
}

/** The structure that a member expression looks into. */
export function recordOf({ object, arrow }: MemberExpression): RecordType | undefined {
  const type = arrow ? valueTypeOf(object) : typeOf(object);
  const record = type.kind === "pointer" ? type.to : type;
  return record.kind === "record" ? record : undefined;
}

function variableOf(node: Expression): string | undefined {
  if (node.kind !== "name" || node.declared?.kind !== "variable") return undefined;
  const { declared } = node;
  return declared.storage === "local" || declared.storage === "parameter" ? undefined : linkageName(declared);
}

/** The functions that may be called through a member that reachable code names: `armpmu->enable(event)`. */
export function calledThrough(of: CFunction, callbacks: Writes): Iterable<string> {
  const names = new Set<string>();
  const { definition } = of;
  try {
    for (const node of definition === undefined ? [] : allOf(definition.body().block)) {
      if (node.kind !== "member") continue;
      const key = memberKey(node);
      for (const { value } of key === undefined ? [] : (callbacks.get(key) ?? [])) {
        const name = value === undefined ? undefined : functionIn(value);
        if (name !== undefined) names.add(name);
      }
    }
  } catch (error) {
    if (!(error instanceof CError)) throw error;
  }
  return names;
}

/** The function that an expression names. */
export function functionIn(value: Expression): string | undefined {
  if (value.kind === "cast") return functionIn(value.operand);
  if (value.kind === "unary" && value.operator === "&") return functionIn(value.operand);
  return value.kind === "name" && value.declared?.kind === "function" ? value.name : undefined;
}
