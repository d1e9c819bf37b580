/** Zero values: what an initialiser does not name, and what variables outside of functions begin with. */
import { CError, type At } from "../base/errors.js";
import { Aggregate, type CValue } from "../meaning/values.js";
import { showType, type CType } from "../types/types.js";

/** The value of the type whose bytes are all zero: so all members of a union are. Throws PMC236 for what has no size. */
export function zeroOf(type: CType, at: At): CValue {
  if (type.kind === "array") {
    if (type.length === undefined) throw incomplete(type, at);
    const array = new Aggregate();
    for (let i = 0; i < type.length; i++) array.parts.set(i, zeroOf(type.element, at));
    return array;
  }
  if (type.kind !== "record") return 0n;
  const record = new Aggregate();
  fill(record, type, at);
  return record;
}

function fill(record: Aggregate, type: CType, at: At): void {
  if (type.kind !== "record") return;
  const { members } = type.definition;
  if (members === undefined) throw incomplete(type, at);
  for (const member of members) {
    if (member.name === undefined) fill(record, member.type, at);
    else if (!isFlexible(member.type)) record.parts.set(member.name, zeroOf(member.type, at));
  }
}

/** An array without a length at the end of a structure has no elements. */
function isFlexible(type: CType): boolean {
  return type.kind === "array" && type.length === undefined;
}

function incomplete(type: CType, at: At): CError {
  return new CError(
    "PMC236",
    at,
    `${showType(type)} is not complete`,
    "give the header that declares its members",
  );
}
