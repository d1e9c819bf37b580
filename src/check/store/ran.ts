/**
 * Which kernel functions ran in an exploration, and with what: what has to answer the same for it to be the same exploration.
 *
 * A machine meets the functions of a driver in one place: it asks an activation what it does next (src/runtime/resume.ts).
 * The answers and the rest of the system determine every state. So if another table of functions gives the answers that this
 * one gave, to each activation that was asked, the exploration of the other driver takes the same steps, asks the same and
 * comes to the same verdicts (docs/internals/result-store.md has the argument).
 */
import { activation, type Activation } from "../../spec/activation.js";
import type { FunctionTable, Operation } from "../../spec/kernel-function.js";
import { Interned, keyOf, type Value } from "../../spec/value.js";
import { Resumer, type Next } from "../../runtime/resume.js";

/** An activation that was asked, as plain data. */
export interface Asked {
  readonly function: string;
  readonly arguments: readonly Value[];
  readonly observed: readonly Value[];
  /**
   * What a function of a fix did next, as a text; null where no text says it. Absent for a function of the driver's.
   */
  readonly answer?: string | null;
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

/** The same, with what the functions that differ from the driver's did next. */
export function withAnswers(
  asked: readonly Asked[],
  { driver, table, operations }: { driver: FunctionTable; table: FunctionTable; operations: Operations },
): readonly Asked[] {
  const resumer = new Resumer(table);
  return asked.map((one) =>
    table.get(one.function) === driver.get(one.function)
      ? one
      : { ...one, answer: textOf(one.function, table, resumer.next(activationOf(one)), operations) ?? null },
  );
}

/**
 * Operations by their names, which say all of them: each is the only one of its name that functions of ours ask for, in this
 * process and in any other of the same program.
 */
export type Operations = ReadonlyMap<string, Operation>;

/** Those that a driver of ours performs in an exploration. */
export function operationsOf(asked: readonly Asked[], driver: FunctionTable): Operations {
  const resumer = new Resumer(driver);
  const found = new Map<string, Operation>();
  const twice = new Set<string>();
  for (const next of asked.map((one) => resumer.next(activationOf(one)))) {
    if (next.kind !== "perform") continue;
    const { operation } = next;
    if ((found.get(operation.name) ?? operation) !== operation) twice.add(operation.name);
    found.set(operation.name, operation);
  }
  for (const name of twice) found.delete(name);
  return found;
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
      const at = activationOf(one);
      return isSame(before.next(at), after.next(at));
    });
  } catch {
    return false;
  }
}

/**
 * The same where `asked` is of another fix, whose functions are not there any more: do those of this fix answer what theirs are said to
 * have answered? Functions of the driver's are run.
 */
export function answersAsSaid(
  asked: readonly Asked[],
  { driver, fixed, operations }: { driver: FunctionTable; fixed: Functions; operations: Operations },
): boolean {
  const before = new Resumer(driver);
  const after = new Resumer(fixed.table, fixed.anew);
  const { table } = fixed;
  try {
    return asked.every((one) => {
      const isOurs = table.get(one.function) === driver.get(one.function);
      if (one.answer === undefined && isOurs) return true;
      const at = activationOf(one);
      const said =
        one.answer === undefined ? textOf(one.function, driver, before.next(at), operations) : one.answer;
      return typeof said === "string" && said === textOf(one.function, table, after.next(at), operations);
    });
  } catch {
    return false;
  }
}

function activationOf(asked: Asked): Activation {
  return asked.observed.reduce<Activation>(
    (reached, value) => reached.observe(value),
    activation(asked.function, asked.arguments),
  );
}

/** Undefined for what means nothing in another process: an operation that is not known by its name, or a value. */
function textOf(name: string, table: FunctionTable, next: Next, operations: Operations): string | undefined {
  const isMacro = table.get(name)?.macro === true;
  if (next.kind === "return") {
    return isLasting(next.value) ? keyOf([isMacro, "return", next.value]) : undefined;
  }
  if (!next.arguments.every(isLasting)) return undefined;
  const asks = [isMacro, next.kind, next.arguments, placeOf(next)];
  if (next.kind !== "perform") return keyOf([...asks, next.function, isIgnored(next)]);
  const { operation } = next;
  const isKnown = operations.get(operation.name) === operation && next.anew === undefined;
  return isKnown ? keyOf([...asks, operation.name]) : undefined;
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
  return a.kind === b.kind && a.function === b.function && isIgnored(a) === isIgnored(b);
}

function isIgnored(next: Next): boolean {
  return next.kind === "call" && next.ignored;
}

/** The line of C that a trace shows. */
function placeOf({ at }: Exclude<Next, { kind: "return" }>): string {
  return at === undefined ? "" : `${at.file}:${at.line}`;
}
