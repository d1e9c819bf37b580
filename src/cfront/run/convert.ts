/** Conversions between types (C11 6.3). */
import { CError, type At } from "../base/errors.js";
import { Aggregate, type CValue } from "../meaning/values.js";
import { wrap } from "../types/integers.js";
import { showType, type CType } from "../types/types.js";
import { isTrue } from "./pointers.js";

const ADDRESS_BITS = 64;

/**
 * The value as one of type `to`. A pointer keeps what it points to whatever its type: what is there is checked when it is used.
 * Throws PMC231 for a pointer made a number, and for a structure made anything else.
 */
export function converted(value: CValue, to: CType, at: At): CValue {
  switch (to.kind) {
    case "integer":
      if (typeof value === "bigint") return wrap(to, value);
      if (to.isBool === true) return isTrue(value, at) ? 1n : 0n;
      throw new CError(
        "PMC231",
        at,
        value instanceof Aggregate ? "a structure is used as a number" : "a pointer is used as a number",
        "addresses have no values here: compare pointers, or use indices",
      );
    case "pointer":
      if (value instanceof Aggregate) break;
      return typeof value === "bigint" ? BigInt.asUintN(ADDRESS_BITS, value) : value;
    case "record":
    case "array":
      if (value instanceof Aggregate) return value;
      break;
    case "floating":
      throw new CError("PMC230", at, `${showType(to)} is not supported`, "compute in integers");
    case "void":
    case "function":
      break;
  }
  throw new CError("PMC231", at, `a value cannot become ${showType(to)}`, "correct the types");
}
