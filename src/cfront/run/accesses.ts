/** The lowest layer of a frame: its variables, and access to whatever a place is in. */
import { CError, type At } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import type { SharedMemory, Update } from "../meaning/meaning.js";
import {
  Aggregate,
  isShared,
  Pointer,
  pointsToLocal,
  showPlace,
  wholeOf,
  type CObject,
  type CValue,
  type ConstantObject,
  type Held,
  type LocalObject,
  type Place,
  type SharedPlace,
} from "../meaning/values.js";
import type { Variable } from "../syntax/syntax.js";
import { isLocal } from "../syntax/walk.js";
import { showType, type CType, type RecordType } from "../types/types.js";
import { peek, poke } from "./objects.js";
import { isConstantType, type World } from "./world.js";

export abstract class Accesses {
  protected readonly world: World;
  readonly #shared: SharedMemory;
  protected readonly locals = new Map<Variable, LocalObject>();

  constructor(world: World, shared: SharedMemory) {
    this.world = world;
    this.#shared = shared;
  }

  /** The value of a constant table, from its initialiser. */
  protected abstract constantObject(variable: Variable): ConstantObject;

  protected objectOf(variable: Variable): CObject {
    if (isLocal(variable)) return this.localOf(variable);
    const definition = this.world.definitionOf(variable);
    const isTable = definition.initialiser !== undefined && isConstantType(definition.type);
    return isTable ? this.constantObject(definition) : this.world.sharedObject(definition);
  }

  /** A part of a function begins without the variables that were not passed to it: they exist, without a value. */
  protected localOf(variable: Variable): LocalObject {
    return this.locals.get(variable) ?? this.declare(variable);
  }

  /** A new variable without a value: each turn through a declaration makes one. */
  declare(variable: Variable, content?: Held): LocalObject {
    const { name, type } = variable;
    const object: LocalObject = { kind: "local", name, type, content };
    this.locals.set(variable, object);
    return object;
  }

  /** What the place holds, as a value: an array is a pointer to its first element. Throws PMC226 if it was never given one. */
  protected *read(place: Place, at: At): Kernel<CValue> {
    const { type } = place;
    if (type.kind === "array") {
      return new Pointer({ object: place.object, path: [...place.path, 0], type: type.element });
    }
    return yield* this.load(place, at);
  }

  /** What the place holds, structures and arrays as a whole. */
  protected *load(place: Place, at: At): Kernel<CValue> {
    if (isShared(place)) return yield* this.#loadShared(place, at);
    // It is not shared, so its object is one of these.
    const held = peek(place as Place<LocalObject | ConstantObject>, at);
    if (held === undefined && isWhole(place.type)) return new Aggregate();
    if (held === undefined) throw withoutValue(showPlace(place), at);
    return held instanceof Aggregate ? held.copy() : held;
  }

  protected *store(place: Place, value: CValue, at: At): Kernel {
    const { object } = place;
    switch (object.kind) {
      case "local":
        poke({ ...place, object }, value);
        return;
      case "constant":
        throw new CError(
          "PMC237",
          at,
          `${showPlace(place)} is constant, and is written`,
          "write to a variable",
        );
      case "shared":
        if (pointsToLocal(value)) throw escaping(`stored in ${showPlace(place)}`, at);
        yield* this.#storeShared({ ...place, object }, value, at);
    }
  }

  /** A structure is loaded member by member, as the compiler may. */
  *#loadShared(place: SharedPlace, at: At): Kernel<CValue> {
    if (!isWhole(place.type)) return yield* this.#shared.load(place, at);
    const whole = new Aggregate();
    for (const part of partsAt(place, at)) {
      whole.parts.set(part.path.at(-1) ?? "", yield* this.#loadShared(part, at));
    }
    return whole;
  }

  *#storeShared(place: SharedPlace, value: CValue, at: At): Kernel {
    if (!(value instanceof Aggregate)) {
      yield* this.#shared.store(place, value, at);
      return;
    }
    for (const part of partsAt(place, at)) {
      const held = value.parts.get(part.path.at(-1) ?? "");
      if (held === undefined) throw withoutValue(showPlace(part), at);
      yield* this.#storeShared(part, held, at);
    }
  }

  /** Undefined if it is a load and a store. */
  protected *updateShared(update: Update): Kernel<bigint | undefined> {
    return yield* this.#shared.update(update);
  }

  /** The object of a value that has no name: a compound literal, a structure that a function returned. */
  protected temporary(type: CType, content: Held): Place<LocalObject> {
    return wholeOf({ kind: "local", name: `(${showType(type)})`, type, content });
  }
}

function isWhole(type: CType): boolean {
  return type.kind === "record" || type.kind === "array";
}

/** The places of a structure's members or an array's elements. Throws PMC231 for a union, of which only one has a value. */
function* partsAt(place: SharedPlace, at: At): Generator<SharedPlace> {
  const { object, path, type } = place;
  if (type.kind === "array") {
    const { length, element } = type;
    if (length === undefined)
      throw new CError("PMC236", at, `${showPlace(place)} has no known length`, "copy its elements");
    for (let i = 0; i < length; i++) yield { object, path: [...path, i], type: element };
  } else if (type.kind === "record") yield* membersAt(place, type, at);
}

function* membersAt(place: SharedPlace, { definition }: RecordType, at: At): Generator<SharedPlace> {
  const { object, path } = place;
  if (definition.keyword === "union" || definition.members === undefined) {
    throw new CError("PMC231", at, `${showPlace(place)} cannot be copied as a whole`, "copy its members");
  }
  for (const { name, type } of definition.members) {
    if (name !== undefined) yield { object, path: [...path, name], type };
    else if (type.kind === "record") yield* membersAt(place, type, at);
  }
}

export function withoutValue(what: string, at: At): CError {
  return new CError(
    "PMC226",
    at,
    `${what} was never given a value`,
    "give it one on every way that leads here",
  );
}

export function escaping(how: string, at: At): CError {
  return new CError(
    "PMC228",
    at,
    `a pointer to a local variable is ${how}`,
    "pass the value, or use a field of a structure",
  );
}
