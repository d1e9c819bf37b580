/**
 * Resuming activations: finds the next request of a kernel function.
 *
 * The function is run again against what its activation has observed. Each activation is answered once and
 * remembered, so re-running costs nothing that can be measured. Re-running is also the detector for functions
 * that are not a function of what they observed: every request on the way must be the one given before, and so must what a
 * second copy of the function comes to, where there is one that has never been run (docs/internals/purity.md).
 */
import { activation as enter, type Activation } from "../spec/activation.js";
import { blaming } from "../spec/blame.js";
import { PmucheckError } from "../spec/errors.js";
import type { FunctionTable, Kernel, Operation, Request } from "../spec/kernel-function.js";
import { frozen, keyOf, type Value } from "../spec/value.js";

/** What a resumed activation does next: ask something, or return. */
export type Next = Performing | Exclude<Request, { kind: "perform" }> | Returning;

/** An operation is to be performed. */
export type Performing = Extract<Request, { kind: "perform" }> & {
  /** The same operation of modules that were just loaded; absent if there is only one of it. */
  readonly anew?: () => Operation;
};

interface Returning {
  readonly kind: "return";
  readonly value: Value;
}

/** A loop that has asked so often has no end in sight: those of the models ask some twenty times. */
const REQUEST_LIMIT = 500;

export class Resumer {
  readonly #functions: FunctionTable;
  readonly #anew: (() => FunctionTable) | undefined;
  /** The functions of which there are copies. */
  readonly #copied: ReadonlySet<string>;
  readonly #known = new Map<Activation, Next>();

  /** @param anew gives the functions again, of modules that have remembered nothing */
  constructor(functions: FunctionTable, anew?: () => FunctionTable) {
    this.#functions = functions;
    this.#anew = anew;
    const copies = [...(anew?.() ?? [])].filter(([name, copy]) => functions.get(name) !== copy);
    this.#copied = new Set(copies.map(([name]) => name));
  }

  /**
   * What the activation does next.
   * Throws PMC201 if its function is not deterministic, PMC202 if there is no such function, PMC204 if it threw, or
   * asked or returned what is no plain data.
   */
  next(activation: Activation): Next {
    let next = this.#known.get(activation);
    if (next === undefined) {
      next = blaming(
        "PMC204",
        () => `${activation.function}()`,
        () => this.#find(activation),
      );
      this.#known.set(activation, next);
    }
    return next;
  }

  /** Every activation that was answered, in the order of asking. */
  get asked(): Iterable<Activation> {
    return this.#known.keys();
  }

  /** Is the function a macro, which traces do not show? */
  isMacro(name: string): boolean {
    return this.#functions.get(name)?.macro === true;
  }

  #find(activation: Activation): Next {
    if (activation.count > REQUEST_LIMIT) {
      throw new PmucheckError(
        "PMC203",
        `${shown(activation)} has asked ${REQUEST_LIMIT} times and has not returned: end each turn of a loop without a ` +
          "bound with become()",
      );
    }
    const next = this.#rerun(activation, this.#functions);
    // A return is never looked at again, so it is checked here; requests are, by every later re-run.
    if (next.kind === "return") this.#mustBeSame(activation, next, this.#rerun(activation, this.#functions));
    // It is asked once, and may be performed in many states.
    frozen(next.kind === "return" ? next.value : next.arguments);
    return this.#copied.has(activation.function) ? this.#asCopied(activation, next) : next;
  }

  /** The same, if a copy of the function that has never been run does the same. */
  #asCopied(activation: Activation, next: Next): Next {
    const again = (): Next => this.#rerun(activation, this.#anew?.() ?? this.#functions);
    const copied = again();
    this.#mustBeSame(activation, next, copied);
    if (next.kind !== "perform" || copied.kind !== "perform") return next;
    const { operation } = next;
    if (copied.operation === operation) return next;
    return {
      ...next,
      anew: () => {
        const other = again();
        return other.kind === "perform" ? other.operation : operation;
      },
    };
  }

  #rerun(activation: Activation, functions: FunctionTable): Next {
    const body = startOf(activation, functions);
    let at = enter(activation.function, activation.arguments);
    let next = nextOf(body.next());
    for (const value of activation.observed) {
      const before = this.#known.get(at);
      if (before !== undefined) this.#mustBeSame(at, before, next);
      at = at.observe(value);
      next = nextOf(body.next(value));
    }
    return next;
  }

  #mustBeSame(at: Activation, before: Next, now: Next): void {
    if (isSame(before, now)) return;
    throw new PmucheckError(
      "PMC201",
      `${shown(at)} is not deterministic: given the same ${at.count} results it first did ${describe(before)}, then ` +
        `${describe(now)}; does it use a clock, Math.random(), or a variable outside of the function?`,
    );
  }
}

function startOf(activation: Activation, functions: FunctionTable): Kernel<unknown> {
  const called = functions.get(activation.function);
  if (called === undefined) {
    throw new PmucheckError("PMC202", `the kernel function '${activation.function}' is not modelled`);
  }
  // The arguments are those that a typed caller gave, or the hardware's for an exception vector.
  return called.body(...(activation.arguments as never));
}

function shown(activation: Activation): string {
  return `${activation.function}(${activation.arguments.map(keyOf).join(", ")})`;
}

function nextOf(result: IteratorResult<Request, unknown>): Next {
  // Kernel functions return plain values: `frozen` refuses anything else.
  return result.done === true ? { kind: "return", value: result.value as Value } : result.value;
}

function isSame(a: Next, b: Next): boolean {
  if (a.kind === "return" || b.kind === "return") {
    return a.kind === "return" && b.kind === "return" && keyOf(a.value) === keyOf(b.value);
  }
  return describeTarget(a) === describeTarget(b) && isSameList(a.arguments, b.arguments);
}

function isSameList(a: readonly Value[], b: readonly Value[]): boolean {
  return (
    a.length === b.length && a.every((value, i) => Object.is(value, b[i]) || keyOf(value) === keyOf(b[i]))
  );
}

function describeTarget(request: Request): string {
  return request.kind === "perform" ? request.operation.name : `${request.kind} ${request.function}`;
}

function describe(next: Next): string {
  if (next.kind === "return") return `'return ${keyOf(next.value)}'`;
  return `'${describeTarget(next)}(${next.arguments.map(keyOf).join(", ")})'`;
}
