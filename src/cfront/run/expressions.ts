/**
 * The values of expressions: one generator over the syntax tree.
 *
 * Operands are evaluated from left to right, and the right side of an assignment first. C leaves that open: a program to which
 * it matters does not mean one thing.
 */
import { CError } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import { Aggregate, FunctionPointer, Pointer, type CValue, type Held } from "../meaning/values.js";
import { chosenOf, integerTypeOf, pointedToBy, typeOf, valueTypeOf } from "../semantics/typing.js";
import { describe } from "../syntax/describe.js";
import type {
  AssignmentExpression,
  BinaryExpression,
  CallExpression,
  ConditionalExpression,
  Expression,
  LogicalExpression,
  NameExpression,
  StatementExpression,
  StepExpression,
  UnaryExpression,
} from "../syntax/syntax.js";
import { isLocal } from "../syntax/walk.js";
import { common, compute, isComparison, isShift, promoted, wrap } from "../types/integers.js";
import type { IntegerType } from "../types/types.js";
import { withoutValue } from "./accesses.js";
import { converted } from "./convert.js";
import { Places } from "./places.js";
import { comparePointers, distance, isTrue, moved } from "./pointers.js";

export abstract class Expressions extends Places {
  protected abstract call(node: CallExpression, dropped: boolean): Kernel<Held>;
  protected abstract assign(node: AssignmentExpression): Kernel<CValue>;
  protected abstract step(node: StepExpression): Kernel<CValue>;
  protected abstract statements(node: StatementExpression, dropped: boolean): Kernel<Held>;

  protected override *value(node: Expression): Kernel<CValue> {
    const held = yield* this.evaluate(node, false);
    if (held === undefined) throw withoutValue(describe(node), node.at);
    return held;
  }

  /** Undefined for an expression of type void. */
  protected *evaluate(node: Expression, dropped: boolean): Kernel<Held> {
    this.world.coverage.mark(node);
    const constant = this.world.program.constants.valueOf(node);
    if (constant !== undefined) return constant;
    switch (node.kind) {
      case "name":
        return yield* this.#name(node, dropped);
      case "string":
      case "compound literal":
      case "member":
      case "index":
        return yield* this.#atPlace(node);
      case "unary":
        return yield* this.#unary(node);
      case "step":
        return yield* this.step(node);
      case "binary":
        return yield* this.#binary(node);
      case "logical":
        return yield* this.#logical(node);
      case "conditional":
        return yield* this.#conditional(node);
      case "assignment":
        return yield* this.assign(node);
      case "comma":
        yield* this.evaluate(node.left, true);
        return yield* this.evaluate(node.right, dropped);
      case "cast":
        if (node.type.kind === "void") {
          yield* this.evaluate(node.operand, true);
          return undefined;
        }
        return converted(yield* this.value(node.operand), node.type, node.at);
      case "call":
        return yield* this.call(node, dropped);
      case "container":
        return yield* this.container(node);
      case "statements":
        return yield* this.statements(node, dropped);
      case "generic":
        return yield* this.evaluate(chosenOf(node), dropped);
      default:
        // Asking for the type says what is wrong; the others are constants, and did not come here.
        typeOf(node);
        throw new Error(`the ${node.kind} at ${node.at.file}:${node.at.line} has no value`);
    }
  }

  protected *truth(node: Expression): Kernel<boolean> {
    return isTrue(yield* this.value(node), node.at);
  }

  *#name(node: NameExpression, dropped: boolean): Kernel<Held> {
    const { declared } = node;
    if (declared?.kind === "function") return new FunctionPointer(node.name);
    if (declared?.kind !== "variable") {
      typeOf(node);
      return undefined;
    }
    if (isLocal(declared)) {
      // `(void)ret;` reads nothing.
      if (dropped) return undefined;
      // Most reads are of one of these. They need no place.
      const { content } = this.localOf(declared);
      if (content !== undefined && !(content instanceof Aggregate)) return content;
    }
    return yield* this.#atPlace(node);
  }

  /** What is at the expression's place, in the expression's type: that may differ from what is declared there in sign. */
  *#atPlace(node: Expression): Kernel<CValue> {
    const place = yield* this.place(node);
    const value = yield* this.read(place, node.at);
    const type = typeOf(node);
    return type.kind === "integer" && typeof value === "bigint" ? wrap(type, value) : value;
  }

  *#unary(node: UnaryExpression): Kernel<CValue> {
    const { operator, operand, at } = node;
    switch (operator) {
      case "*":
        // A function is called through its pointer either way.
        return pointedToBy(operand).kind === "function"
          ? yield* this.value(operand)
          : yield* this.#atPlace(node);
      case "&":
        return yield* this.#address(operand);
      case "!":
        return (yield* this.truth(operand)) ? 0n : 1n;
      default: {
        const type = promoted(integerTypeOf(operand));
        const value = yield* this.integer(operand, type);
        return operator === "-"
          ? compute("-", type, 0n, value, at)
          : operator === "~"
            ? wrap(type, ~value)
            : value;
      }
    }
  }

  *#address(operand: Expression): Kernel<CValue> {
    // `&a[i]` may be one past the end, and `&*p` is `p`: nothing is accessed.
    if (operand.kind === "index") return yield* this.element(operand);
    if (operand.kind === "unary" && operand.operator === "*") return yield* this.value(operand.operand);
    if (operand.kind === "name" && operand.declared?.kind === "function")
      return new FunctionPointer(operand.name);
    return new Pointer(yield* this.place(operand));
  }

  /** The operand's value converted to an integer type. */
  protected *integer(operand: Expression, type: IntegerType): Kernel<bigint> {
    const value = converted(yield* this.value(operand), type, operand.at);
    // An integer type was asked for.
    return value as bigint;
  }

  *#binary(node: BinaryExpression): Kernel<CValue> {
    const { operator, left, right, at } = node;
    const a = valueTypeOf(left);
    const b = valueTypeOf(right);
    if (a.kind === "pointer" || b.kind === "pointer") return yield* this.#onPointers(node);
    if (isShift(operator)) {
      const type = promoted(integerTypeOf(left));
      const value = yield* this.integer(left, type);
      return compute(operator, type, value, yield* this.integer(right, integerTypeOf(right)), at);
    }
    const type = common(integerTypeOf(left), integerTypeOf(right));
    const value = yield* this.integer(left, type);
    return compute(operator, type, value, yield* this.integer(right, type), at);
  }

  *#onPointers({ operator, left, right, at }: BinaryExpression): Kernel<CValue> {
    const a = yield* this.value(left);
    const b = yield* this.value(right);
    if (isComparison(operator)) return comparePointers(operator, a, b, at) ? 1n : 0n;
    const isLeft = valueTypeOf(left).kind === "pointer";
    const isBoth = isLeft && valueTypeOf(right).kind === "pointer";
    if (operator === "-" && isBoth) return distance(a, b, at);
    const [pointer, by] = isLeft ? [a, b] : [b, a];
    if (typeof by === "bigint" && !isBoth) {
      if (operator === "+") return moved(pointer, by, at);
      if (operator === "-" && isLeft) return moved(pointer, -by, at);
    }
    throw new CError(
      "PMC231",
      at,
      `${operator} on pointers`,
      "pointers can be added to, subtracted and compared",
    );
  }

  *#logical({ operator, left, right }: LogicalExpression): Kernel<CValue> {
    if ((yield* this.truth(left)) === (operator === "||")) return operator === "||" ? 1n : 0n;
    return (yield* this.truth(right)) ? 1n : 0n;
  }

  *#conditional(node: ConditionalExpression): Kernel<Held> {
    const { condition, whenTrue, whenFalse, at } = node;
    const tested = yield* this.value(condition);
    const holds = isTrue(tested, condition.at);
    const chosen = holds ? whenTrue : whenFalse;
    const type = valueTypeOf(node);
    if (type.kind === "void" && chosen !== undefined) {
      yield* this.evaluate(chosen, true);
      return undefined;
    }
    return converted(chosen === undefined ? tested : yield* this.value(chosen), type, at);
  }
}
