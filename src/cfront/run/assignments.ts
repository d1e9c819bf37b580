/** Assignments, `++` and `--`, and the initialisers of local variables. */
import { CError, type At } from "../errors.js";
import type { Kernel } from "../kernel.js";
import { placementsOf } from "../semantics/placements.js";
import { typeOf, valueTypeOf } from "../semantics/typing.js";
import {
  isExpression,
  type AssignmentExpression,
  type CompoundLiteral,
  type Initialiser,
  type StepExpression,
  type Variable,
} from "../syntax/syntax.js";
import {
  common,
  compute,
  INT,
  isShift,
  promoted,
  wrap,
  type ArithmeticOperator,
  type ShiftOperator,
} from "../types/integers.js";
import { unqualified, type CType } from "../types/types.js";
import { converted } from "./convert.js";
import { Expressions } from "./expressions.js";
import { poke } from "./objects.js";
import { moved } from "./pointers.js";
import {
  isShared,
  typeAt,
  type ConstantObject,
  type CValue,
  type LocalObject,
  type Place,
} from "./values.js";
import { textOf } from "./world.js";
import { zeroOf } from "./zero.js";

export abstract class Assignments extends Expressions {
  protected override *assign(node: AssignmentExpression): Kernel<CValue> {
    const { operator, target, value, at } = node;
    if (operator !== undefined) {
      const operand = yield* this.value(value);
      const { after } = yield* this.#update(
        yield* this.place(target),
        operator,
        operand,
        valueTypeOf(value),
        at,
      );
      return after;
    }
    const assigned = yield* this.value(value);
    const place = yield* this.place(target);
    const stored = converted(assigned, unqualified(place.type), at);
    yield* this.store(place, stored, at);
    return converted(stored, typeOf(target), at);
  }

  protected override *step({ operator, prefix, operand, at }: StepExpression): Kernel<CValue> {
    const { before, after } = yield* this.#update(yield* this.place(operand), operator, 1n, INT, at);
    return prefix ? after : before;
  }

  /** `place operator= operand`: in one access if the meaning has one, else a load and a store. */
  *#update(
    place: Place,
    operator: ArithmeticOperator | ShiftOperator,
    operand: CValue,
    operandType: CType,
    at: At,
  ): Kernel<{ before: CValue; after: CValue }> {
    const { type } = place;
    if (type.kind === "pointer" && typeof operand === "bigint" && (operator === "+" || operator === "-")) {
      const before = yield* this.load(place, at);
      const after = moved(before, operator === "+" ? operand : -operand, at);
      yield* this.store(place, after, at);
      return { before, after };
    }
    if (type.kind !== "integer" || operandType.kind !== "integer") {
      throw new CError("PMC231", at, `${operator}= on what is no integer`, "correct the types");
    }
    const computedIn = isShift(operator) ? promoted(type) : common(type, operandType);
    const by = converted(operand, isShift(operator) ? operandType : computedIn, at) as bigint;
    const result = (before: bigint): bigint =>
      wrap(type, compute(operator, computedIn, wrap(computedIn, before), by, at));

    if (isShared(place)) {
      const before = yield* this.world.meaning.update({ place, operator, operand: by, computedIn, at });
      if (before !== undefined) return { before, after: result(before) };
    }
    // The place has an integer type.
    const before = (yield* this.load(place, at)) as bigint;
    const after = result(before);
    yield* this.store(place, after, at);
    return { before, after };
  }

  protected override *compoundLiteral({ type, initialiser, at }: CompoundLiteral): Kernel<Place> {
    const place = this.temporary(type, undefined);
    yield* this.initialise(place, initialiser, at);
    return place;
  }

  /** Gives a new object its value; what the initialiser does not name is zero. */
  protected *initialise(place: Place<LocalObject>, initialiser: Initialiser, at: At): Kernel {
    const placements = placementsOf(place.type, initialiser);
    const isPartial = !isExpression(initialiser);
    if (isPartial) poke(place, zeroOf(place.type, at));
    for (const { paths, type, value } of placements) {
      const isText = type.kind === "array" && value.kind === "string";
      const given = isText
        ? textOf(value.bytes, type.length ?? value.bytes.length + 1)
        : converted(yield* this.value(value), unqualified(type), value.at);
      this.world.coverage.mark(value);
      for (const path of paths) {
        poke({ object: place.object, path, type: typeAt(place.object.type, path) ?? type }, given);
      }
    }
  }

  protected override constantObject(variable: Variable): ConstantObject {
    let object = this.world.constantObjects.get(variable);
    if (object === undefined) {
      const { name, type } = variable;
      object = { kind: "constant", name, type, content: this.initialValue(variable) };
      this.world.constantObjects.set(variable, object);
    }
    return object;
  }

  /** The value of a variable outside of functions before anything ran. Throws PMC230 if its initialiser is not constant. */
  initialValue({ name, type, initialiser, at }: Variable): CValue {
    if (initialiser === undefined) return zeroOf(type, at);
    const place = this.temporary(type, undefined);
    // It is made of constants, so making it asks for nothing.
    const { done = false } = this.initialise(place, initialiser, at).next();
    const { content } = place.object;
    if (done && content !== undefined) return content;
    throw new CError("PMC230", at, `the value of ${name} is not constant`, "initialise it with constants");
  }
}
