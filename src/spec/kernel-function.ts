/**
 * Kernel functions, and the operations that they are made of.
 *
 * A kernel function is a generator function with the name of the C function that it models. It yields one request per
 * shared access (`yield* write_pmovsclr(mask)`) and calls other kernel functions in the same way
 * (`yield* armpmu_stop(event, flags)`). It may depend only on its arguments and on the results of its requests: the
 * runtime runs it again against them (activation.ts), and refuses a function that then behaves differently.
 *
 * Calls go by name through the function table of the driver. So a version or a fix overrides a function for all callers.
 */
import type { ReadView, View } from "./component.js";
import type { Notations } from "./notation.js";
import type { Value } from "./value.js";

/** One access of a kernel function to something other than its local variables. */
export interface Operation<A extends readonly Value[] = never, R = unknown> {
  readonly name: string;
  /**
   * True for an access that no other process can see. It is no step of its own: the runtime performs it in the step of
   * the access before it.
   */
  readonly local?: boolean;
  /** False while the operation must wait, for a lock for example. The context is then blocked. */
  readonly enabled?: (view: ReadView, cpu: number, ...args: A) => boolean;
  /** The names of the hardware's choices in this operation; absent if there is no choice. */
  readonly choices?: (view: ReadView, cpu: number, ...args: A) => readonly string[];
  /** Performs the operation. Returns what the kernel function observes, which is plain data. */
  readonly perform: (view: View, cpu: number, args: A, choice: string) => R;
  /** The text of a trace; by default `name(args)`, and ` = result` if there is a result. */
  show?(args: A, result: R): string;
}

/** A line of the source that a kernel function was made of: for traces, never part of a state. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** What a kernel function yields: perform an operation, call a function, or become another function. */
export type Request = (
  | { readonly kind: "perform"; readonly operation: Operation; readonly arguments: readonly Value[] }
  | {
      readonly kind: "call";
      readonly function: string;
      readonly arguments: readonly Value[];
      /** True if the caller drops the result, as the C code does. */
      readonly ignored: boolean;
    }
  | { readonly kind: "become"; readonly function: string; readonly arguments: readonly Value[] }
) & {
  /** Where the C asks for it. */
  readonly at?: SourceLine;
};

/** The running body of a kernel function: it yields requests, is resumed with their results, and returns R. */
export type Kernel<R = void> = Generator<Request, R, unknown>;

/** A kernel function. Another one that calls it calls the function of this name in the driver's table. */
export interface KernelFunction<A extends readonly Value[] = never, R = unknown> {
  (...args: A): Kernel<R>;
  readonly functionName: string;
  /** The implementation. Only the runtime starts it. */
  readonly body: (...args: A) => Kernel<R>;
  /** True for a macro of the C code: traces do not show its entry. */
  readonly macro?: boolean;
  /** How traces write its arguments and its result; the same for every version of it. */
  readonly notations?: Notations | undefined;
}

/** The implementations that a system runs, by function name. */
export type FunctionTable = ReadonlyMap<string, KernelFunction>;

/** Makes an operation that kernel functions can use: `const isb = operation({ name: "isb", ... })`, `yield* isb()`. */
export function operation<A extends readonly Value[], R>(
  definition: Operation<A, R>,
): (...args: A) => Kernel<R> {
  return function* (...args: A) {
    // The runtime resumes with the result of `definition.perform`.
    return (yield { kind: "perform", operation: definition, arguments: args }) as R;
  };
}

/** Defines a kernel function with the name of its C function. */
export function kernelFunction<A extends readonly Value[], R>(
  name: string,
  body: (...args: A) => Kernel<R>,
  notations?: Notations,
): KernelFunction<A, R> {
  return Object.assign(prototype<A, R>(name), { functionName: name, body, notations });
}

/** Defines a macro, or the body of a loop, that versions define differently. Traces do not show its entry. */
export function macro<A extends readonly Value[], R>(
  name: string,
  body: (...args: A) => Kernel<R>,
): KernelFunction<A, R> {
  return Object.assign(prototype<A, R>(name), { functionName: name, body, macro: true });
}

/** Defines a macro without arguments: a number that versions define differently. */
export function constant(name: string, value: number): KernelFunction<[], number> {
  // oxlint-disable-next-line require-yield -- it makes no request
  return macro(name, function* () {
    return value;
  });
}

/**
 * A function that is known by name and signature only, like a C prototype or a function pointer. A file calls it, and
 * another file or the driver defines it.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- callers write the signature, as C does
export function prototype<A extends readonly Value[], R>(name: string): (...args: A) => Kernel<R> {
  return function* (...args: A) {
    // The runtime resumes with the result of the called function.
    return (yield { kind: "call", function: name, arguments: args, ignored: false }) as R;
  };
}

/** Another implementation of a function, with the same signature. Versions and fixes consist of these. */
export function override<A extends readonly Value[], R>(
  base: KernelFunction<A, R>,
  body: (...args: A) => Kernel<R>,
): KernelFunction<A, R> {
  const { functionName, notations } = base;
  return base.macro === true ? macro(functionName, body) : kernelFunction(functionName, body, notations);
}

/** Calls a function whose result the C code drops. A trace says that it is dropped. */
export function* ignoring<A extends readonly Value[], R>(called: KernelFunction<A, R>, ...args: A): Kernel {
  yield { kind: "call", function: called.functionName, arguments: args, ignored: true };
}

/**
 * Ends the running function and starts another one in its place, which has observed nothing yet.
 *
 * Written `return yield* become(schedule)`. It models a C loop without a bound: each turn is a new activation, so a loop
 * that never ends has finitely many states.
 */
export function* become<A extends readonly Value[], R>(next: KernelFunction<A, R>, ...args: A): Kernel<R> {
  // The runtime never resumes this: the result is that of the new function.
  return (yield { kind: "become", function: next.functionName, arguments: args }) as R;
}

/**
 * A function of a driver's table, with the signature of the one that it stands for: versions, fixes and a tree's C replace
 * functions by name, and the replacement takes the same arguments and gives the same kind of result.
 */
export function standingFor<A extends readonly Value[], R>(
  given: KernelFunction,
  _model: KernelFunction<A, R>,
): KernelFunction<A, R> {
  // A table is looked up by name and has no types. The rule above justifies this cast, here and nowhere else.
  return given as unknown as KernelFunction<A, R>;
}

/** The functions among a module's exports, by their C names (`functionsOf(await import("./arm_pmu.js"))`). */
export function functionsOf(...modules: readonly object[]): FunctionTable {
  const table = new Map<string, KernelFunction>();
  for (const exported of modules.flatMap((module): unknown[] => Object.values(module))) {
    if (isKernelFunction(exported)) table.set(exported.functionName, exported);
  }
  return table;
}

function isKernelFunction(exported: unknown): exported is KernelFunction {
  return typeof exported === "function" && "functionName" in exported && "body" in exported;
}
