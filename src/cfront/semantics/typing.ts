/**
 * The types of expressions, found without running them: for `typeof`, for `sizeof`, and for the conversions that operators
 * do. They are asked for when a node is run, not when it is parsed: what is wrong in code that never runs does no harm.
 */
import { CError, type At } from "../base/errors.js";
import type {
  BinaryExpression,
  Block,
  ConditionalExpression,
  Expression,
  GenericExpression,
  MemberExpression,
  NameExpression,
  UnaryExpression,
} from "../syntax/syntax.js";
import { common, INT, isComparison, isShift, promoted, PTRDIFF, SIZE } from "../types/integers.js";
import {
  decayed,
  isSameType,
  memberOf,
  pointerTo,
  showType,
  unqualified,
  VOID,
  type CType,
  type FunctionType,
  type IntegerType,
  type Member,
} from "../types/types.js";

const known = new WeakMap<Expression, CType>();

/** The type as it is declared: arrays and functions are not pointers yet, `const` is still there. */
export function typeOf(expression: Expression): CType {
  let type = known.get(expression);
  if (type === undefined) {
    type = find(expression);
    known.set(expression, type);
  }
  return type;
}

/** The type of the expression's value. */
export function valueTypeOf(expression: Expression): CType {
  return unqualified(decayed(typeOf(expression)));
}

/** The value's type where only an integer will do. Throws PMC230. */
export function integerTypeOf(expression: Expression): IntegerType {
  const type = valueTypeOf(expression);
  if (type.kind === "integer") return type;
  throw mismatch(expression, `an integer is needed here, not ${showType(type)}`);
}

/** What the function that a call's callee stands for takes and returns. Throws PMC230. */
export function calledTypeOf(callee: Expression): FunctionType {
  const type = valueTypeOf(callee);
  if (type.kind === "pointer" && type.to.kind === "function") return type.to;
  throw mismatch(callee, `${showType(type)} cannot be called`);
}

/** The way to the member that `.` or `->` names. Throws PMC223. */
export function membersNamedBy(node: MemberExpression): readonly [Member, ...Member[]] {
  const object = node.arrow ? pointedToBy(node.object) : typeOf(node.object);
  if (object.kind !== "record") throw mismatch(node, `${showType(object)} has no members`);
  const way = memberOf(object.definition, node.name);
  if (way !== undefined) return way;
  const { members, at } = object.definition;
  throw new CError(
    "PMC223",
    node.at,
    `${showType(object)} has no field ${node.name}`,
    members === undefined
      ? "its declaration was not read: give the file that has it"
      : `it is declared at ${at.file}:${at.line}: declare the field there, or load the header that does`,
  );
}

/** What a pointer, or an array, points to. Throws PMC230. */
export function pointedToBy(expression: Expression): CType {
  const type = valueTypeOf(expression);
  if (type.kind === "pointer") return type.to;
  throw mismatch(expression, `a pointer is needed here, not ${showType(type)}`);
}

/** 0, or 0 cast to `void *`. */
export function isNullConstant(expression: Expression): boolean {
  if (expression.kind === "integer") return expression.value === 0n;
  if (expression.kind !== "cast") return false;
  const { type, operand } = expression;
  const isPlain = type.kind === "integer" || (type.kind === "pointer" && type.to.kind === "void");
  return isPlain && isNullConstant(operand);
}

function find(node: Expression): CType {
  switch (node.kind) {
    case "integer":
    case "string":
    case "cast":
    case "compound literal":
      return node.type;
    case "name":
      return ofName(node);
    case "unary":
      return ofUnary(node);
    case "step":
      return unqualified(typeOf(node.operand));
    case "binary":
      return ofBinary(node);
    case "logical":
    case "is constant":
      return INT;
    case "conditional":
      return ofConditional(node);
    case "assignment":
      return unqualified(typeOf(node.target));
    case "comma":
      return valueTypeOf(node.right);
    case "call":
      return calledTypeOf(node.callee).result;
    case "member":
      return (membersNamedBy(node).at(-1) as Member).type;
    case "index":
      return valueTypeOf(node.array).kind === "integer" ? pointedToBy(node.index) : pointedToBy(node.array);
    case "size":
    case "offset":
      return SIZE;
    case "container":
      return pointerTo(node.type);
    case "statements":
      return ofBlock(node.block);
    case "generic":
      return typeOf(chosenOf(node));
    case "unsupported":
      throw new CError("PMC230", node.at, node.what, node.next);
  }
}

function ofName({ name, declared, whyUnread, at }: NameExpression): CType {
  switch (declared?.kind) {
    case undefined:
      if (whyUnread !== undefined) throw unread(name, whyUnread, at);
      throw new CError("PMC222", at, `${name} is not declared`, "declare it, or give the header that does");
    case "variable":
    case "function":
    case "enumerator":
      return declared.type;
  }
}

function ofUnary({ operator, operand }: UnaryExpression): CType {
  switch (operator) {
    case "!":
      return INT;
    case "*":
      return pointedToBy(operand);
    case "&":
      return pointerTo(typeOf(operand));
    default:
      return promoted(integerTypeOf(operand));
  }
}

function ofBinary({ operator, left, right }: BinaryExpression): CType {
  if (isComparison(operator)) return INT;
  if (isShift(operator)) return promoted(integerTypeOf(left));
  const a = valueTypeOf(left);
  const b = valueTypeOf(right);
  if (a.kind === "pointer" && b.kind === "pointer") return PTRDIFF;
  if (a.kind === "pointer") return a;
  if (b.kind === "pointer") return b;
  return common(integerTypeOf(left), integerTypeOf(right));
}

function ofConditional({ condition, whenTrue, whenFalse }: ConditionalExpression): CType {
  const yes = whenTrue ?? condition;
  const a = valueTypeOf(yes);
  const b = valueTypeOf(whenFalse);
  if (a.kind === "integer" && b.kind === "integer") return common(a, b);
  if (a.kind === "void" || b.kind === "void") return VOID;
  if (isNullConstant(whenFalse)) return a;
  if (isNullConstant(yes)) return b;
  return b.kind === "pointer" && b.to.kind === "void" ? b : a;
}

function ofBlock({ items }: Block): CType {
  let last = items.at(-1);
  while (last?.kind === "label" || last?.kind === "case") last = last.body;
  return last?.kind === "expression" && last.expression !== undefined ? valueTypeOf(last.expression) : VOID;
}

/** The choice of a `_Generic` for the type of its control. Throws PMC230. */
export function chosenOf({ control, choices, at }: GenericExpression): Expression {
  const type = valueTypeOf(control);
  const choice =
    choices.find((one) => one.type !== undefined && isSameType(one.type, type)) ??
    choices.find((one) => one.type === undefined);
  if (choice !== undefined) return choice.value;
  throw new CError("PMC230", at, `_Generic has no choice for ${showType(type)}`, "add one, or a default");
}

/** A use of what is declared where nothing could be parsed. */
export function unread(name: string, why: CError, at: At): CError {
  return new CError(
    "PMC220",
    at,
    `the declaration of ${name} could not be parsed (${why.message})`,
    "correct it first",
  );
}

function mismatch({ at }: Expression, what: string): CError {
  return new CError("PMC230", at, what, "correct the types");
}
