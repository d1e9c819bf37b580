/** Accesses to what C points to, as the operations of memory.ts: one step each, but for what is stable. */
import {
  CError,
  Pointer,
  showPlace,
  showType,
  type At,
  type CType,
  type CValue,
  type SharedPlace,
} from "../../../src/cfront/index.js";
import type { Kernel } from "../../../src/spec/kernel-function.js";
import type { Value } from "../../../src/spec/value.js";
import { andNotAssign, orAssign } from "../compound.js";
import { load, loadStable, store, type Field } from "../memory.js";
import { wrapped, type Convention } from "./convention.js";
import type { Cell, Places } from "./places.js";

const LARGEST_INT = 0x7fff_ffffn;

export class Cells {
  readonly #places: Places;
  readonly #convention: Convention;

  constructor(places: Places, convention: Convention) {
    this.#places = places;
    this.#convention = convention;
  }

  *load(place: SharedPlace, at: At): Kernel<CValue> {
    const found = this.#places.find(place, at);
    if (found.kind === "fixed") return yield* found.value();
    const value = found.stable ? yield* loadStable(found.field) : yield* load(found.field);
    return this.toC(value, place.type);
  }

  *store(place: SharedPlace, value: CValue, at: At): Kernel {
    const cell = this.cell(place, at);
    yield* store(cell.field, this.toModel(value, place.type, cell, at));
  }

  /** `|=` and `&=`: one step or two, as the parameter `compound` says. Undefined for anything else. */
  *update(place: SharedPlace, operator: string, operand: bigint, at: At): Kernel<bigint | undefined> {
    const { type } = place;
    if (type.kind !== "integer" || (operator !== "|" && operator !== "&")) return undefined;
    const cell = this.cell(place, at);
    const bits = operator === "|" ? operand : BigInt.asUintN(type.bits, ~operand);
    // The model's numbers are of 32 bits and signed here.
    if (cell.as !== "number" || bits < 0n || bits > LARGEST_INT) return undefined;
    const field = cell.field as Field<number>;
    const before =
      operator === "|" ? yield* orAssign(field, Number(bits)) : yield* andNotAssign(field, Number(bits));
    return wrapped(BigInt(before), type);
  }

  /** Throws PMC237 for what never changes. */
  cell(place: SharedPlace, at: At): Cell {
    const found = this.#places.find(place, at);
    if (found.kind === "cell") return found;
    throw new CError(
      "PMC237",
      at,
      `${showPlace(place)} is written, which is constant once the driver is probed`,
      "use a field of the driver's own",
    );
  }

  /**
   * What a pointer to a structure of one value is the cell of: a local64_t, an atomic_t.
   * Throws PMC225 and PMC228 for a pointer that is to nothing shared.
   */
  single(pointer: CValue, what: string, at: At): { readonly cell: Cell; readonly type: CType } {
    const place = this.sharedPlace(pointer, what, at);
    const { type } = place;
    if (type.kind !== "record") return { cell: this.cell(place, at), type };
    const [member] = type.definition.members ?? [];
    if (member?.name === undefined) throw wrongType(place, what, at);
    const inner = { ...place, path: [...place.path, member.name], type: member.type };
    // The model's structures have the value itself, a driver's own have the structure.
    const isInner = this.#isThere(inner, at);
    return { cell: this.cell(isInner ? inner : place, at), type: member.type };
  }

  #isThere(place: SharedPlace, at: At): boolean {
    try {
      this.#places.find(place, at);
      return true;
    } catch (error) {
      if (error instanceof CError) return false;
      throw error;
    }
  }

  sharedPlace(pointer: CValue, what: string, at: At): SharedPlace {
    if (pointer instanceof Pointer) {
      const { object, path, type } = pointer.to;
      if (object.kind === "shared") return { object, path, type };
      throw new CError("PMC228", at, `${what} is given a local variable`, "use a field of a structure");
    }
    throw new CError(
      "PMC225",
      at,
      `${what} is given ${pointer === 0n ? "NULL" : "no object"}`,
      "test it before",
    );
  }

  /** A value as it stands in the state. */
  toModel(value: CValue, type: CType, { as }: Cell, at: At): Value {
    if (typeof value !== "bigint") return this.#convention.toModel(value, type, "", at);
    switch (as) {
      case "number":
        return Number(value);
      case "bigint":
        return value;
      case "unsigned":
        return BigInt.asUintN(64, value);
      case "boolean":
        return value !== 0n;
      case "pointer":
        return value === 0n ? null : value;
    }
  }

  toC(value: Value, type: CType): CValue {
    // What a field holds is a value.
    return this.#convention.toC(value, type) as CValue;
  }
}

function wrongType(place: SharedPlace, what: string, at: At): CError {
  return new CError(
    "PMC231",
    at,
    `${what} is given ${showPlace(place)}, which is ${showType(place.type)}`,
    "use it as what it is",
  );
}
