/** Assignments, `++` and `--`. */
import { CError, type At } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import { isShared, type CValue, type Place } from "../meaning/values.js";
import { typeOf, valueTypeOf } from "../semantics/typing.js";
import type { AssignmentExpression, StepExpression } from "../syntax/syntax.js";
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
import { moved } from "./pointers.js";

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
      const before = yield* this.updateShared({ place, operator, operand: by, computedIn, at });
      if (before !== undefined) return { before, after: result(before) };
    }
    // The place has an integer type.
    const before = (yield* this.load(place, at)) as bigint;
    const after = result(before);
    yield* this.store(place, after, at);
    return { before, after };
  }
}
