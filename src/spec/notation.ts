/**
 * Notations: how a trace writes a value in the words of its source. The kernel's constants have their names there, the fields
 * of Arm's registers have theirs, and what neither names but is bits is in hexadecimal.
 *
 * A notation is given where the field, the register or the function is defined, and nowhere else.
 */
import { showValue, type Value } from "./value.js";

/** From a value to a text without blanks, or with blanks in parentheses at its end. */
export type Notation = (value: Value) => string;

/** The notations of a kernel function. Traces use them for what it is given and what it returns. */
export interface Notations {
  /** By position; undefined is {@link showValue}. */
  readonly arguments?: readonly (Notation | undefined)[];
  readonly result?: Notation;
}

/** Registers, masks and what counters hold: `0x1f`. */
export const hexadecimal: Notation = (value) =>
  typeof value === "number" || typeof value === "bigint" ? hex(value) : showValue(value);

/** Periods and what is left of them: `4`, `-1`, however large. */
export const decimal: Notation = (value) => (typeof value === "bigint" ? String(value) : showValue(value));

/** An enum, or a macro for each value: `PERF_EVENT_STATE_ACTIVE`. Values without a name stay numbers. */
export function oneOf(names: Readonly<Record<string, number>>): Notation {
  const byValue = new Map(Object.entries(names).map(([name, value]) => [value, name]));
  return (value) => (typeof value === "number" ? byValue.get(value) : undefined) ?? showValue(value);
}

/**
 * Flags: `PERF_HES_STOPPED|PERF_HES_UPTODATE`, and `0` for none. Of names that share bits the first that fits is taken; bits
 * without a name are in hexadecimal.
 */
export function flagsOf(names: Readonly<Record<string, number | bigint>>): Notation {
  const flags = Object.entries(names).map(([name, bits]) => [name, BigInt(bits)] as const);
  return (value) => {
    if (typeof value !== "number" && typeof value !== "bigint") return showValue(value);
    let rest = BigInt(value);
    const said: string[] = [];
    for (const [name, bits] of flags) {
      if ((rest & bits) !== bits) continue;
      said.push(name);
      rest &= ~bits;
    }
    if (rest !== 0n) said.push(hex(rest));
    return said.join("|") || "0";
  };
}

export function hex(value: number | bigint): string {
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/**
 * A register with fields of one bit: `0x41 (E=1 LC=1)`. Said are those that are 1, and those of `always` in any case.
 */
export function registerOf(
  fields: Readonly<Record<string, number>>,
  always: readonly string[] = [],
): (value: number) => string {
  return (value) => {
    const said = Object.entries(fields).flatMap(([name, bits]) => {
      const is = (value & bits) !== 0;
      return is || always.includes(name) ? [`${name}=${is ? 1 : 0}`] : [];
    });
    return said.length === 0 ? hex(value) : `${hex(value)} (${said.join(" ")})`;
  };
}
