/** GCC's builtin functions on integers: declared everywhere, and computed here. */
import { CError, type At } from "../base/errors.js";
import type { CFunction } from "../syntax/syntax.js";
import {
  INT,
  LONG,
  UNSIGNED_INT,
  UNSIGNED_LONG,
  UNSIGNED_LONG_LONG,
  UNSIGNED_SHORT,
} from "../types/integers.js";
import { VOID, type CType, type IntegerType } from "../types/types.js";

interface Builtin {
  readonly parameters: readonly CType[];
  readonly result: CType;
  /** Undefined for what returns nothing. Throws PMC230 where C gives no result. */
  readonly compute: (args: readonly bigint[], at: At) => bigint | undefined;
}

const BUILTINS = new Map<string, Builtin>([
  ...onBits("__builtin_popcount", (bits) => bits.replaceAll("0", "").length),
  ...onBits("__builtin_parity", (bits) => bits.replaceAll("0", "").length % 2),
  ...onBits("__builtin_ffs", (bits) => (bits.includes("1") ? trailingZeros(bits) + 1 : 0)),
  ...onBits("__builtin_ctz", (bits, at) => trailingZeros(mustHaveOne(bits, at))),
  ...onBits("__builtin_clz", (bits, at) => mustHaveOne(bits, at).indexOf("1")),
  ["__builtin_bswap16", byteSwap(UNSIGNED_SHORT)],
  ["__builtin_bswap32", byteSwap(UNSIGNED_INT)],
  ["__builtin_bswap64", byteSwap(UNSIGNED_LONG)],
  ["__builtin_expect", { parameters: [LONG, LONG], result: LONG, compute: ([value]) => value }],
  ["__builtin_unreachable", neverReached("__builtin_unreachable()")],
  ["__builtin_trap", neverReached("__builtin_trap()")],
]);

export function builtinNamed(name: string): Builtin | undefined {
  return BUILTINS.get(name);
}

/** The declarations of all of them. */
export function builtinFunctions(): CFunction[] {
  const at: At = { file: "(builtin)", line: 1 };
  return [...BUILTINS].map(([name, { parameters, result }]) => ({
    kind: "function",
    name,
    type: { kind: "function", result, parameters, variadic: false },
    at,
    definition: undefined,
  }));
}

/** One for int, one for long and one for long long; `compute` sees the operand's bits, the highest first. */
function onBits(name: string, compute: (bits: string, at: At) => number): [string, Builtin][] {
  const sizes: [string, IntegerType][] = [
    ["", UNSIGNED_INT],
    ["l", UNSIGNED_LONG],
    ["ll", UNSIGNED_LONG_LONG],
  ];
  return sizes.map(([suffix, type]) => [
    name + suffix,
    {
      parameters: [type],
      result: INT,
      compute: ([operand = 0n], at) => BigInt(compute(operand.toString(2).padStart(type.bits, "0"), at)),
    },
  ]);
}

function trailingZeros(bits: string): number {
  return bits.length - 1 - bits.lastIndexOf("1");
}

function mustHaveOne(bits: string, at: At): string {
  if (bits.includes("1")) return bits;
  throw new CError("PMC230", at, "the bits of 0 are counted up to a 1 that is not there", "test for 0 first");
}

function byteSwap(type: IntegerType): Builtin {
  return {
    parameters: [type],
    result: type,
    compute: ([operand = 0n]) => {
      const bytes =
        operand
          .toString(16)
          .padStart(type.bits / 4, "0")
          .match(/../g) ?? [];
      return BigInt(`0x${bytes.reverse().join("")}`);
    },
  };
}

function neverReached(what: string): Builtin {
  return {
    parameters: [],
    result: VOID,
    compute: (_args, at) => {
      throw new CError("PMC230", at, `${what} was reached`, "find out why: the C says that it cannot be");
    },
  };
}
