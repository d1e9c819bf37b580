/**
 * Resuming activations: finds the next request of a kernel function.
 *
 * The function is run again against what its activation has observed. Each activation is answered once and
 * remembered, so re-running costs nothing that can be measured. Re-running is also the detector for functions
 * that are not a function of what they observed: every request on the way must be the one given before.
 */
import { activation as enter, type Activation } from "../spec/activation.js";
import { blaming } from "../spec/blame.js";
import { PmucheckError } from "../spec/errors.js";
import type { FunctionTable, Kernel, Request } from "../spec/kernel-function.js";
import { frozen, keyOf, type Value } from "../spec/value.js";

/** What a resumed activation does next: ask something, or return. */
export type Next = Request | { readonly kind: "return"; readonly value: Value };

export class Resumer {
  readonly #functions: FunctionTable;
  readonly #known = new Map<Activation, Next>();

  constructor(functions: FunctionTable) {
    this.#functions = functions;
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

  /** Is the function a macro, which traces do not show? */
  isMacro(name: string): boolean {
    return this.#functions.get(name)?.macro === true;
  }

  #find(activation: Activation): Next {
    const next = this.#rerun(activation);
    // A return is never looked at again, so it is checked here; requests are, by every later re-run.
    if (next.kind === "return") this.#mustBeSame(activation, next, this.#rerun(activation));
    // It is asked once, and may be performed in many states.
    frozen(next.kind === "return" ? next.value : next.arguments);
    return next;
  }

  #rerun(activation: Activation): Next {
    const body = this.#start(activation);
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

  #start(activation: Activation): Kernel<unknown> {
    const called = this.#functions.get(activation.function);
    if (called === undefined) {
      throw new PmucheckError("PMC202", `the kernel function '${activation.function}' is not modelled`);
    }
    // The arguments are those that a typed caller gave, or the hardware's for an exception vector.
    return called.body(...(activation.arguments as never));
  }

  #mustBeSame(at: Activation, before: Next, now: Next): void {
    if (isSame(before, now)) return;
    throw new PmucheckError(
      "PMC201",
      `${at.function}(${at.arguments.map(keyOf).join(", ")}) is not a function of what it observed: after ` +
        `${at.observed.length} observations it did ${describe(before)} once and ${describe(now)} again`,
    );
  }
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
