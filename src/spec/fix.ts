/**
 * Fixes: proposed changes of a driver's functions that should end the loss of overflows and break nothing else.
 *
 * A fix names the kernel functions that it changes, and says for each what is done before, after or instead of the
 * driver's own body. So one fix fits every driver version with these functions. Several fixes compose: each one changes
 * the functions that the fixes before it made. A fix that does not fit is refused with a reason, never applied in part.
 */
import { blaming } from "./blame.js";
import { PmucheckError } from "./errors.js";
import type { FunctionTable, Kernel, KernelFunction } from "./kernel-function.js";
import { override, standingFor } from "./kernel-function.js";
import { nearest } from "./nearest.js";
import type { AddedState, Driver } from "./scenario.js";
import type { Value } from "./value.js";

/** A change of one function of the driver. */
export interface Change {
  readonly functionName: string;
  /** The changed function, given the driver's own. */
  readonly over: (base: KernelFunction) => KernelFunction;
}

/** A fix, or a guard that restrains one. */
export interface Fix {
  readonly name: string;
  /** The fix in one line. */
  readonly summary: string;
  /** How the fix is meant to work, in a few sentences. */
  readonly idea: string;
  /** The person who proposed it, and where. */
  readonly proposedBy: string;
  /** What the fix is expected to break or to leave broken. */
  readonly hazards: readonly string[];
  /** Assumptions of the fix beyond those of the scenario. */
  readonly assumes: readonly string[];
  /** The names of the properties that it claims to keep; empty for a guard, which claims nothing by itself. */
  readonly claims: readonly string[];
  /** The functions it changes (`changing`) or replaces (`override`). */
  readonly changes: readonly (Change | KernelFunction)[];
  /** New functions, which no driver has. */
  readonly adds?: readonly KernelFunction[];
  readonly state?: readonly AddedState[];
  /** Parameters that it sets, by name: for example, how the machine is booted. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The reason why it cannot be applied to a driver; undefined if it can. */
  readonly refuses?: (driver: Driver) => string | undefined;
}

/** A fix without the words that a catalogue wants: it claims exactly-once. For an experiment, or a fault that is put in. */
export function draftFix(name: string, summary: string, ...changes: Fix["changes"]): Fix {
  const words = { idea: summary, proposedBy: "not said", hazards: [], assumes: [], claims: ["exactly-once"] };
  return { name, summary, ...words, changes };
}

/**
 * A change of a function that keeps what it does: `base` is the driver's own body, to be run (`yield* base(...)`) once,
 * never, or edited (rewrite.ts).
 */
export function changing<A extends readonly Value[], R>(
  target: KernelFunction<A, R>,
  body: (base: (...args: A) => Kernel<R>, ...args: A) => Kernel<R>,
): Change {
  const { functionName } = target;
  mustBeGenerator(functionName, body);
  return {
    functionName,
    over: (base) => {
      const typed = standingFor(base, target);
      mustTake(functionName, body.length - 1, typed.body.length);
      const changed = (...args: A) =>
        body((...given) => inPlace(functionName, typed.body(...given)), ...args);
      // The next fix sees a function of as many arguments.
      Object.defineProperty(changed, "length", { value: typed.body.length });
      return override(typed, changed);
    },
  };
}

/** What withFixes() is told of fixes that are not those of this package. */
export interface Origin {
  /** What identifies the fixes, where their names do not: the text of their files. */
  readonly text?: string;
  /** The fixes, of modules that are loaded once more: their functions have remembered nothing. */
  readonly anew?: (() => readonly Fix[]) | undefined;
}

/**
 * The driver with the fixes applied, first to last; it is named as before, and says which fixes are in it.
 * Throws PMC134 for a function the driver does not have, PMC135 if a fix does not fit the driver or another fix.
 */
export function withFixes(
  driver: Driver,
  name: string,
  fixes: readonly Fix[],
  { text = name, anew }: Origin = {},
): Driver {
  for (const fix of fixes) mustFit(fix, driver);
  const state = fixes.flatMap((fix) => fix.state ?? []);
  return {
    ...driver,
    functions: functionsWith(driver, fixes),
    state: [...(driver.state ?? []), ...state.filter((one, i) => state.indexOf(one) === i)],
    fix: {
      name,
      text,
      settings: settingsOf(fixes),
      ...(anew === undefined ? {} : { anew: () => functionsWith(driver, anew()) }),
    },
  };
}

function mustFit(fix: Fix, driver: Driver): void {
  const reason = blaming(
    "PMC135",
    () => `refuses() of fix '${fix.name}'`,
    () => fix.refuses?.(driver),
  );
  if (reason === undefined) return;
  throw new PmucheckError("PMC135", `fix '${fix.name}' does not fit ${driver.name}: ${reason}`);
}

function functionsWith(driver: Driver, fixes: readonly Fix[]): FunctionTable {
  const functions = new Map(driver.functions);
  const changedBy = new Map<string, string>();
  // What two fixes share is made once: two edits that queue work need the same function to do it.
  const made = new Set<Change | KernelFunction>();
  for (const fix of fixes) {
    for (const added of fix.adds ?? []) {
      if (made.has(added)) continue;
      made.add(added);
      if (functions.has(added.functionName)) {
        throw new PmucheckError(
          "PMC135",
          `fix '${fix.name}' adds '${added.functionName}', which ${driver.name} has already: list it under changes`,
        );
      }
      functions.set(added.functionName, added);
    }
    for (const change of fix.changes) {
      if (made.has(change)) continue;
      made.add(change);
      apply(functions, driver, fix, change, changedBy);
    }
  }
  return functions;
}

function apply(
  functions: Map<string, KernelFunction>,
  driver: Driver,
  fix: Fix,
  change: Change | KernelFunction,
  changedBy: Map<string, string>,
): void {
  const { functionName } = change;
  const base = functions.get(functionName);
  if (base === undefined) {
    throw new PmucheckError(
      "PMC134",
      `fix '${fix.name}' changes '${functionName}', which ${driver.name} does not have` +
        hint(functionName, driver.functions),
    );
  }
  const before = changedBy.get(functionName);
  if ("over" in change) {
    functions.set(functionName, change.over(base));
  } else {
    if (before !== undefined) {
      throw new PmucheckError(
        "PMC135",
        `fix '${fix.name}' replaces '${functionName}', which '${before}' changes too: put '${fix.name}' first, or ` +
          "write it with changing() instead of override()",
      );
    }
    mustBeGenerator(functionName, change.body);
    mustTake(functionName, change.body.length, base.body.length);
    functions.set(functionName, change);
  }
  changedBy.set(functionName, fix.name);
}

/** More functions than these are not listed in a message. */
const MOST_LISTED = 30;

function hint(name: string, functions: FunctionTable): string {
  const near = nearest(name, [...functions.keys()]);
  // A list of all functions of Linux would be too long to help.
  return near.startsWith("; known") && functions.size > MOST_LISTED ? ": see pmucheck's models/linux" : near;
}

function settingsOf(fixes: readonly Fix[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...fixes.map(({ settings }) => settings ?? {})) as Record<string, string>;
}

/** A body that goes on as another activation would never come back to the change around it. */
function* inPlace<R>(name: string, body: Kernel<R>): Kernel<R> {
  let next = body.next();
  while (next.done !== true) {
    if (next.value.kind === "become") {
      throw new Error(
        `its body ends by becoming ${next.value.function}(), so that nothing can be done after it: replace ${name} with override()`,
      );
    }
    next = body.next(yield next.value);
  }
  return next.value;
}

/** What a type checker would have said; files in JavaScript are not checked. */
function mustBeGenerator(name: string, body: unknown): void {
  if (typeof body === "function" && Object.prototype.toString.call(body) === "[object GeneratorFunction]") {
    return;
  }
  throw new PmucheckError(
    "PMC136",
    `the body of '${name}' is not a generator function: write function* (...)`,
  );
}

function mustTake(name: string, takes: number, given: number): void {
  if (takes <= given) return;
  throw new PmucheckError(
    "PMC136",
    `the body of '${name}' takes ${takes} arguments, but the function is called with ${given}`,
  );
}
