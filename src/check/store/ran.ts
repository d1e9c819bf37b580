/**
 * Which kernel functions ran in an exploration, and with what: what has to answer the same for it to be the same exploration.
 *
 * A machine meets the functions of a driver in one place: it asks an activation what it does next (src/runtime/resume.ts).
 * The answers and the rest of the system determine every state. So if another table of functions gives the answers that this
 * one gave, to each activation that was asked, the exploration of the other driver takes the same steps, asks the same and
 * comes to the same verdicts (docs/internals/result-store.md has the argument).
 */
import { activation, type Activation } from "../../spec/activation.js";
import type { FunctionTable } from "../../spec/kernel-function.js";
import { Interned, keyOf, type Value } from "../../spec/value.js";
import { Resumer, type Next } from "../../runtime/resume.js";

/** An activation that was asked, as plain data. */
export interface Asked {
  readonly function: string;
  readonly arguments: readonly Value[];
  readonly observed: readonly Value[];
}

/**
 * All of them, in the order of asking: after each activation that it went on from. Undefined if one has a value that means
 * nothing outside of this process.
 */
export function askedOf(activations: Iterable<Activation>): readonly Asked[] | undefined {
  const asked = [...activations].map((one) => ({
    function: one.function,
    arguments: one.arguments,
    observed: one.observed,
  }));
  return asked.every((one) => [...one.arguments, ...one.observed].every(isLasting)) ? asked : undefined;
}

function isLasting(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return !(value instanceof Interned) && Object.values(value).every(isLasting);
}

/** A table of functions, and the same of modules that were just loaded, where there are such. */
export interface Functions {
  readonly table: FunctionTable;
  readonly anew?: (() => FunctionTable) | undefined;
}

/**
 * Does `other` answer everything that was asked as `table` does? Only functions that differ are run. An operation is the same
 * if it is the same object, whatever its name. A function that throws or is faulty does not answer the same: the
 * exploration has to say what is wrong with it.
 */
export function answersTheSame(asked: readonly Asked[], table: FunctionTable, other: Functions): boolean {
  const isChanged = (name: string): boolean => table.get(name) !== other.table.get(name);
  const concerned = asked.filter(({ function: name }) => isChanged(name));
  // Traces do not show the entry of a macro.
  const isMacro = (of: FunctionTable, name: string): boolean => of.get(name)?.macro === true;
  if (concerned.some(({ function: name }) => isMacro(table, name) !== isMacro(other.table, name)))
    return false;
  const before = new Resumer(table);
  const after = new Resumer(other.table, other.anew);
  try {
    return concerned.every((one) => {
      const at = one.observed.reduce<Activation>(
        (reached, value) => reached.observe(value),
        activation(one.function, one.arguments),
      );
      return isSame(before.next(at), after.next(at));
    });
  } catch {
    return false;
  }
}

function isSame(a: Next, b: Next): boolean {
  if (a.kind === "return" || b.kind === "return") {
    return a.kind === "return" && b.kind === "return" && keyOf(a.value) === keyOf(b.value);
  }
  if (keyOf(a.arguments) !== keyOf(b.arguments) || placeOf(a) !== placeOf(b)) return false;
  if (a.kind === "perform" || b.kind === "perform") {
    const isOne = a.kind === "perform" && b.kind === "perform" && a.operation === b.operation;
    // One that was made anew is the user's own, and what it does is not compared here.
    return isOne && a.anew === undefined && b.anew === undefined;
  }
  const isIgnored = (next: typeof a): boolean => next.kind === "call" && next.ignored;
  return a.kind === b.kind && a.function === b.function && isIgnored(a) === isIgnored(b);
}

/** The line of C that a trace shows. */
function placeOf({ at }: Exclude<Next, { kind: "return" }>): string {
  return at === undefined ? "" : `${at.file}:${at.line}`;
}
