/**
 * Kernel functions and the operations they are made of.
 *
 * A kernel function is a generator function with the name of the C function it models. It yields one request per
 * shared access (`yield* write_pmovsclr(mask)`) and calls other kernel functions the same way
 * (`yield* armpmu_stop(event, flags)`). It may depend on nothing but its arguments and what its requests
 * returned: the runtime re-runs it against them (see activation.ts) and refuses one that behaves differently.
 *
 * Calls go by name through the driver's function table, so a version or a fix overrides a function for every
 * caller.
 */
import type { ReadView, View } from "./component.js";
import type { Value } from "./value.js";

/** One access of a kernel function to anything that is not its own local variable. */
export interface Operation<A extends readonly Value[] = never, R = unknown> {
  readonly name: string;
  /**
   * Private to the executing context: nothing on another CPU and no device can tell when it happens, so it is
   * executed within the step of the access before it instead of being a step.
   */
  readonly local?: boolean;
  /** May the operation go ahead now? A context whose operation may not is blocked (a held lock, say). */
  readonly enabled?: (view: ReadView, cpu: number, ...args: A) => boolean;
  /** The hardware's freedom in this operation, each possibility by name; absent if there is none. */
  readonly choices?: (view: ReadView, cpu: number, ...args: A) => readonly string[];
  /** Does it and returns what the kernel function observes (plain data). */
  readonly perform: (view: View, cpu: number, args: A, choice: string) => R;
  /** How a trace shows it; by default `name(args)`, and ` = result` if there is one. */
  show?(args: A, result: R): string;
}

/** What a kernel function asks of whoever runs it. */
export type Request =
  | { readonly kind: "perform"; readonly operation: Operation; readonly arguments: readonly Value[] }
  | {
      readonly kind: "call";
      readonly function: string;
      readonly arguments: readonly Value[];
      /** The caller drops the result, as the C code does. */
      readonly ignored: boolean;
    }
  | { readonly kind: "become"; readonly function: string; readonly arguments: readonly Value[] };

/** The body of a kernel function: yields requests, is resumed with their results, returns R. */
export type Kernel<R = void> = Generator<Request, R, unknown>;

/** A kernel function: calling it inside another one calls the function of that name in the running driver. */
export interface KernelFunction<A extends readonly Value[] = never, R = unknown> {
  (...args: A): Kernel<R>;
  readonly functionName: string;
  /** The implementation itself; only the runtime starts it. */
  readonly body: (...args: A) => Kernel<R>;
  /** A macro of the C code: a trace does not show that it was entered. */
  readonly macro?: boolean;
}

/** The implementations a system runs, by function name. */
export type FunctionTable = ReadonlyMap<string, KernelFunction>;

/** Makes an operation callable: `const isb = operation({ name: "isb", ... })`, then `yield* isb()`. */
export function operation<A extends readonly Value[], R>(
  definition: Operation<A, R>,
): (...args: A) => Kernel<R> {
  return function* (...args: A) {
    // The runtime resumes with exactly what `definition.perform` returned.
    return (yield { kind: "perform", operation: definition, arguments: args }) as R;
  };
}

/** Defines a kernel function under the name of its C function. */
export function kernelFunction<A extends readonly Value[], R>(
  name: string,
  body: (...args: A) => Kernel<R>,
): KernelFunction<A, R> {
  return Object.assign(prototype<A, R>(name), { functionName: name, body });
}

/** A macro, or the body of a loop, that versions define differently; traces do not show that it was entered. */
export function macro<A extends readonly Value[], R>(
  name: string,
  body: (...args: A) => Kernel<R>,
): KernelFunction<A, R> {
  return Object.assign(prototype<A, R>(name), { functionName: name, body, macro: true });
}

/** A macro without arguments: a number that versions define differently. */
export function constant(name: string, value: number): KernelFunction<[], number> {
  // oxlint-disable-next-line require-yield -- it asks nothing
  return macro(name, function* () {
    return value;
  });
}

/**
 * A function known by name and signature only, as a C prototype or a function pointer gives it: what a file
 * calls that another file, or the driver, defines.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- callers write the signature, as C does
export function prototype<A extends readonly Value[], R>(name: string): (...args: A) => Kernel<R> {
  return function* (...args: A) {
    // The runtime resumes with exactly what the called function returned.
    return (yield { kind: "call", function: name, arguments: args, ignored: false }) as R;
  };
}

/** Another implementation of a function, with the same signature: what versions and fixes are made of. */
export function override<A extends readonly Value[], R>(
  base: KernelFunction<A, R>,
  body: (...args: A) => Kernel<R>,
): KernelFunction<A, R> {
  return base.macro === true ? macro(base.functionName, body) : kernelFunction(base.functionName, body);
}

/** Calls a function whose result the C code drops; a trace then says so. */
export function* ignoring<A extends readonly Value[], R>(called: KernelFunction<A, R>, ...args: A): Kernel {
  yield { kind: "call", function: called.functionName, arguments: args, ignored: true };
}

/**
 * Ends the running function by starting another in its place, with nothing observed.
 *
 * Written `return yield* become(schedule)`. This is how a C loop without a bound is modelled: each turn is a
 * fresh activation, so a loop that turns for ever still has finitely many states.
 */
export function* become<A extends readonly Value[], R>(next: KernelFunction<A, R>, ...args: A): Kernel<R> {
  // The runtime never resumes it: the result comes from the function that took its place.
  return (yield { kind: "become", function: next.functionName, arguments: args }) as R;
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
