/** Integer constant expressions: the length of an array, the value of a case, and whatever else needs no run to be known. */
import { CError, type At } from "../base/errors.js";
import type { BinaryExpression, Designator, Expression, SizeExpression } from "../syntax/syntax.js";
import { common, compute, isShift, wrap } from "../types/integers.js";
import type { Layouts } from "../types/layout.js";
import { memberOf, showType, type CType } from "../types/types.js";
import { chosenOf, typeOf, valueTypeOf } from "./typing.js";

export class Constants {
  readonly #layouts: Layouts;
  /** Null for what is no constant. */
  readonly #known = new Map<Expression, bigint | null>();

  constructor(layouts: Layouts) {
    this.#layouts = layouts;
  }

  /** The value in the expression's type; undefined if it is no integer constant expression. */
  valueOf(expression: Expression): bigint | undefined {
    if (expression.kind === "integer") return expression.value;
    let value = this.#known.get(expression);
    if (value === undefined) {
      value = this.#find(expression) ?? null;
      this.#known.set(expression, value);
    }
    return value ?? undefined;
  }

  /** The value of what must be a constant. Throws PMC220. */
  required(expression: Expression, what: string): bigint {
    const value = this.valueOf(expression);
    if (value !== undefined) return value;
    throw new CError("PMC220", expression.at, `${what} is no integer constant`, "use a constant expression");
  }

  /** sizeof, or alignof, in bytes. Throws PMC236. */
  sizeOf({ of, operand, at }: SizeExpression): bigint {
    const type = isType(operand) ? operand : typeOf(operand);
    return BigInt(of === "sizeof" ? this.#layouts.size(type, at) : this.#layouts.alignment(type, at));
  }

  #find(node: Expression): bigint | undefined {
    switch (node.kind) {
      case "name":
        return node.declared?.kind === "enumerator" ? node.declared.value : undefined;
      case "unary":
        return this.#unary(node.operator, node.operand);
      case "binary":
        return this.#binary(node);
      case "logical": {
        const left = this.valueOf(node.left);
        if (left === undefined) return undefined;
        if ((left !== 0n) === (node.operator === "||")) return left === 0n ? 0n : 1n;
        const right = this.valueOf(node.right);
        return right === undefined ? undefined : right === 0n ? 0n : 1n;
      }
      case "conditional": {
        const condition = this.valueOf(node.condition);
        if (condition === undefined) return undefined;
        const chosen = condition === 0n ? node.whenFalse : (node.whenTrue ?? node.condition);
        return this.#converted(chosen, typeOf(node));
      }
      case "cast":
        return this.#converted(node.operand, node.type);
      case "size":
        return this.sizeOf(node);
      case "offset":
        return this.#offset(node.record, node.way, node.at);
      case "generic":
        return this.valueOf(chosenOf(node));
      case "is constant":
        return this.valueOf(node.operand) !== undefined || node.operand.kind === "string" ? 1n : 0n;
      default:
        return undefined;
    }
  }

  #unary(operator: string, operand: Expression): bigint | undefined {
    const value = operator === "&" || operator === "*" ? undefined : this.valueOf(operand);
    if (value === undefined) return undefined;
    if (operator === "!") return value === 0n ? 1n : 0n;
    const type = valueTypeOf(operand);
    if (type.kind !== "integer") return undefined;
    const promotedType = common(type, type);
    const promotedValue = wrap(promotedType, value);
    return operator === "-"
      ? wrap(promotedType, -promotedValue)
      : operator === "~"
        ? wrap(promotedType, ~promotedValue)
        : promotedValue;
  }

  #binary(node: BinaryExpression): bigint | undefined {
    const left = this.valueOf(node.left);
    const right = left === undefined ? undefined : this.valueOf(node.right);
    if (left === undefined || right === undefined) return undefined;
    const a = valueTypeOf(node.left);
    const b = valueTypeOf(node.right);
    if (a.kind !== "integer" || b.kind !== "integer") return undefined;
    if (isShift(node.operator)) {
      const type = common(a, a);
      return compute(node.operator, type, wrap(type, left), right, node.at);
    }
    const type = common(a, b);
    return compute(node.operator, type, wrap(type, left), wrap(type, right), node.at);
  }

  #converted(operand: Expression, type: CType): bigint | undefined {
    if (type.kind !== "integer" || valueTypeOf(operand).kind !== "integer") return undefined;
    const value = this.valueOf(operand);
    return value === undefined ? undefined : wrap(type, value);
  }

  #offset(record: CType, way: readonly Designator[], at: At): bigint {
    let type = record;
    let offset = 0;
    for (const designator of way) {
      if (designator.kind === "index" && type.kind === "array") {
        offset += Number(designator.from) * this.#layouts.size(type.element, at);
        type = type.element;
        continue;
      }
      const found =
        designator.kind === "member" && type.kind === "record"
          ? memberOf(type.definition, designator.name)
          : undefined;
      if (found === undefined || type.kind !== "record") {
        throw new CError("PMC223", at, `${showType(type)} has no such field`, "correct the offsetof");
      }
      offset += this.#layouts.offset(type.definition, found, at);
      type = (found.at(-1) ?? found[0]).type;
    }
    return BigInt(offset);
  }
}

function isType(operand: Expression | CType): operand is CType {
  return !("at" in operand);
}
