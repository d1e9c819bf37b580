/** Initialisers of variables and compound literals, and the values of constant tables. */
import { CError, type At } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import type { SharedMemory } from "../meaning/meaning.js";
import {
  typeAt,
  wholeOf,
  type ConstantObject,
  type CValue,
  type LocalObject,
  type Place,
} from "../meaning/values.js";
import { placementsOf } from "../semantics/placements.js";
import {
  isExpression,
  type CallExpression,
  type CompoundLiteral,
  type Initialiser,
  type StatementExpression,
  type Variable,
} from "../syntax/syntax.js";
import { unqualified } from "../types/types.js";
import { Assignments } from "./assignments.js";
import { converted } from "./convert.js";
import { poke } from "./objects.js";
import { textOf, type World } from "./world.js";
import { zeroOf } from "./zero.js";

export abstract class Initialisers extends Assignments {
  protected override *compoundLiteral({ type, initialiser, at }: CompoundLiteral): Kernel<Place> {
    const place = this.temporary(type, undefined);
    yield* this.initialise(place, initialiser, at);
    return place;
  }

  /** Gives a new object its value; what the initialiser does not name is zero. */
  protected *initialise(place: Place<LocalObject>, initialiser: Initialiser, at: At): Kernel {
    if (!isExpression(initialiser)) poke(place, zeroOf(place.type, at));
    for (const { paths, type, value } of placementsOf(place.type, initialiser)) {
      const isText = type.kind === "array" && value.kind === "string";
      const given = isText
        ? textOf(value.bytes, type.length ?? value.bytes.length + 1)
        : converted(yield* this.value(value), unqualified(type), value.at);
      if (isText) this.world.coverage.mark(value);
      for (const path of paths) {
        poke({ object: place.object, path, type: typeAt(place.object.type, path) ?? type }, given);
      }
    }
  }

  protected override constantObject(variable: Variable): ConstantObject {
    let object = this.world.constantObjects.get(variable);
    if (object === undefined) {
      const { name, type } = variable;
      object = { kind: "constant", name, type, content: undefined };
      this.world.constantObjects.set(variable, object);
      object.content = initialValueOf(this.world, variable);
    }
    return object;
  }
}

/**
 * What a variable outside of functions begins with: its initialiser's value, or zero. Throws PMC230 if that is no constant.
 * `variable` is the declaration that gives it one (see {@link World.definitionOf}).
 */
export function initialValueOf(world: World, variable: Variable): CValue {
  return new InitialValue(world, variable.name).of(variable);
}

/** A frame without a function: it has no memory to ask, and calls nothing. */
class InitialValue extends Initialisers {
  readonly #name: string;

  constructor(world: World, name: string) {
    super(world, new ConstantsOnly(name));
    this.#name = name;
  }

  of({ type, initialiser, at }: Variable): CValue {
    if (initialiser === undefined) return zeroOf(type, at);
    const place = this.temporary(type, undefined);
    // Nothing is asked for on the way, so it is done after the first step.
    this.initialise(place, initialiser, at).next();
    return place.object.content ?? zeroOf(type, at);
  }

  /** A literal outside of functions lives for ever, as a table does. */
  protected override *compoundLiteral(node: CompoundLiteral): Kernel<Place> {
    const { type } = node;
    const { object } = yield* super.compoundLiteral(node);
    const content = object.kind === "shared" ? undefined : object.content;
    return wholeOf({ kind: "constant", name: object.name, type, content });
  }

  // oxlint-disable-next-line require-yield -- it never gets so far
  protected override *call({ at }: CallExpression): Kernel<never> {
    throw notConstant(this.#name, at);
  }

  // oxlint-disable-next-line require-yield -- it never gets so far
  protected override *statements({ at }: StatementExpression): Kernel<never> {
    throw notConstant(this.#name, at);
  }
}

class ConstantsOnly implements SharedMemory {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  load(_place: Place, at: At): never {
    throw notConstant(this.#name, at);
  }

  store(_place: Place, _value: CValue, at: At): never {
    throw notConstant(this.#name, at);
  }

  update({ at }: { readonly at: At }): never {
    throw notConstant(this.#name, at);
  }
}

function notConstant(name: string, at: At): CError {
  return new CError("PMC230", at, `the value of ${name} is not constant`, "initialise it with constants");
}
