/**
 * Integers of C: types of 64-bit Arm Linux (LP64, plain char unsigned), conversions and arithmetic.
 *
 * Every integer is a bigint in its type's range. Signed arithmetic wraps: the kernel is built with -fno-strict-overflow.
 */
import { CError, type At } from "../base/errors.js";
import type { IntegerLiteral } from "./literals.js";
import type { IntegerType } from "./types.js";

const INT_RANK = 3;
const INT_BITS = 32;

function integer(name: string, bits: number, signed: boolean, rank: number): IntegerType {
  return { kind: "integer", name, bits, signed, rank };
}

export const BOOL: IntegerType = { ...integer("_Bool", 8, false, 0), isBool: true };
export const CHAR = integer("char", 8, false, 1);
export const SIGNED_CHAR = integer("signed char", 8, true, 1);
export const UNSIGNED_CHAR = integer("unsigned char", 8, false, 1);
export const SHORT = integer("short", 16, true, 2);
export const UNSIGNED_SHORT = integer("unsigned short", 16, false, 2);
export const INT = integer("int", INT_BITS, true, INT_RANK);
export const UNSIGNED_INT = integer("unsigned int", INT_BITS, false, INT_RANK);
export const LONG = integer("long", 64, true, 4);
export const UNSIGNED_LONG = integer("unsigned long", 64, false, 4);
export const LONG_LONG = integer("long long", 64, true, 5);
export const UNSIGNED_LONG_LONG = integer("unsigned long long", 64, false, 5);
export const INT128 = integer("__int128", 128, true, 6);
export const UNSIGNED_INT128 = integer("unsigned __int128", 128, false, 6);

/** What sizeof and offsetof are. */
export const SIZE = UNSIGNED_LONG;
/** What the difference of two pointers is. */
export const PTRDIFF = LONG;

const UNSIGNED_OF = new Map<IntegerType, IntegerType>([
  [INT, UNSIGNED_INT],
  [LONG, UNSIGNED_LONG],
  [LONG_LONG, UNSIGNED_LONG_LONG],
  [INT128, UNSIGNED_INT128],
]);

/** The type of an enumeration: GCC takes unsigned int if no enumerator is negative. */
export function enumeration(tag: string | undefined, values: readonly bigint[]): IntegerType {
  const negative = values.some((value) => value < 0n);
  const wide = values.some((value) => wrap(negative ? INT : UNSIGNED_INT, value) !== value);
  const base = wide ? (negative ? LONG : UNSIGNED_LONG) : negative ? INT : UNSIGNED_INT;
  return { ...base, name: `enum ${tag ?? "(anonymous)"}`, enumeration: tag ?? "" };
}

/**
 * The type of a bit-field: `declared`, but only so wide. One that is wider than an int and narrower than its type computes
 * in its own width, as in GCC.
 */
export function bitField(declared: IntegerType, width: number): IntegerType {
  const rank = width > INT_BITS && width < declared.bits ? INT_RANK + 0.5 : declared.rank;
  return { ...declared, bits: width, rank, fieldOf: declared };
}

/** The value converted to the type. */
export function wrap(type: IntegerType, value: bigint): bigint {
  if (type.isBool === true) return value === 0n ? 0n : 1n;
  return type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value);
}

/** The integer promotions (C11 6.3.1.1): what is narrower than an int computes as an int. */
export function promoted(type: IntegerType): IntegerType {
  if (type.bits < INT_BITS || (type.bits === INT_BITS && type.signed && type.rank <= INT_RANK)) return INT;
  if (type.bits === INT_BITS) return UNSIGNED_INT;
  if (type.fieldOf !== undefined && type.fieldOf.bits === type.bits) return promoted(type.fieldOf);
  if (type.enumeration !== undefined) return type.signed ? LONG : UNSIGNED_LONG;
  return type;
}

/** The usual arithmetic conversions (C11 6.3.1.8): the type in which two operands are computed. */
export function common(left: IntegerType, right: IntegerType): IntegerType {
  const a = bare(promoted(left));
  const b = bare(promoted(right));
  if (a.signed === b.signed) return a.rank >= b.rank ? a : b;
  const [unsigned, signed] = a.signed ? [b, a] : [a, b];
  if (unsigned.rank >= signed.rank) return unsigned;
  if (signed.bits > unsigned.bits) return signed;
  return UNSIGNED_OF.get(signed) ?? { ...signed, signed: false, name: `unsigned ${signed.name}` };
}

const BARE = new Map(
  [INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, LONG_LONG, UNSIGNED_LONG_LONG, INT128, UNSIGNED_INT128].map(
    (type) => [type.name, type],
  ),
);

/** The one object of a type that may have been qualified. */
function bare(type: IntegerType): IntegerType {
  return type.fieldOf === undefined ? (BARE.get(type.name) ?? type) : type;
}

/** The type of an integer constant: the first that holds it (C11 6.4.4.1). */
export function typeOfLiteral({ value, unsigned, longs, decimal }: IntegerLiteral): IntegerType {
  const bySize: readonly (readonly [IntegerType, IntegerType])[] = [
    [INT, UNSIGNED_INT],
    [LONG, UNSIGNED_LONG],
    [LONG_LONG, UNSIGNED_LONG_LONG],
  ];
  for (const [signedType, unsignedType] of bySize.slice(longs)) {
    if (!unsigned && wrap(signedType, value) === value) return signedType;
    if ((unsigned || !decimal) && wrap(unsignedType, value) === value) return unsignedType;
  }
  return unsigned ? UNSIGNED_LONG_LONG : UNSIGNED_INT128;
}

/** Operators that have one type for operands and result. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^";
export type ShiftOperator = "<<" | ">>";
export type ComparisonOperator = "==" | "!=" | "<" | ">" | "<=" | ">=";
export type BinaryOperator = ArithmeticOperator | ShiftOperator | ComparisonOperator;

export function isShift(operator: BinaryOperator): operator is ShiftOperator {
  return operator === "<<" || operator === ">>";
}

const COMPARISONS = new Set<BinaryOperator>(["==", "!=", "<", ">", "<=", ">="]);

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return COMPARISONS.has(operator);
}

/** `left operator right`, both already of `type`; for a shift, `type` is that of `left`. Throws PMC234 and PMC235. */
export function compute(
  operator: BinaryOperator,
  type: IntegerType,
  left: bigint,
  right: bigint,
  at: At,
): bigint {
  switch (operator) {
    case "+":
      return wrap(type, left + right);
    case "-":
      return wrap(type, left - right);
    case "*":
      return wrap(type, left * right);
    case "/":
    case "%":
      if (right === 0n)
        throw new CError("PMC235", at, `${left} ${operator} 0 has no value`, "test the divisor first");
      return wrap(type, operator === "/" ? left / right : left % right);
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "<<":
    case ">>":
      mustFit(type, right, at);
      return wrap(type, operator === "<<" ? left << right : left >> right);
    default:
      return compare(operator, left, right) ? 1n : 0n;
  }
}

export function compare(operator: ComparisonOperator, left: bigint, right: bigint): boolean {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    case ">=":
      return left >= right;
  }
}

function mustFit(type: IntegerType, by: bigint, at: At): void {
  if (by >= 0n && by < BigInt(type.bits)) return;
  throw new CError(
    "PMC234",
    at,
    `a ${type.bits}-bit ${type.name} is shifted by ${by}`,
    `shift by 0 to ${type.bits - 1}, or widen the operand`,
  );
}
