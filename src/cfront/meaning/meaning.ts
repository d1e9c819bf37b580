/**
 * The seam: everything that C code does to what is not a local variable is asked of a Meaning.
 *
 * cfront knows C. It does not know which structures a system has, which accesses are steps, how arguments are passed to kernel
 * functions in TypeScript, or what `write_sysreg` does. The binding of C to a model (models/linux/c) answers that, and needs nothing from inside
 * the front end to do so.
 */
import type { At, CError } from "../base/errors.js";
import type { Kernel, Value } from "../base/kernel.js";
import type { CFunction, Expression } from "../syntax/syntax.js";
import type { ArithmeticOperator, ShiftOperator } from "../types/integers.js";
import type { CType, IntegerType } from "../types/types.js";
import type { CValue, FunctionPointer, Held, Place, SharedPlace } from "./values.js";

/** A kernel function as C sees it: a C function, a part of one that was outlined, or a function of the model. */
export interface Callable {
  /** `armpmu_stop`; for a part, `armpmu_event_update@again`, `wait_idle@while:312`. */
  readonly name: string;
  /** The C function, or the one that it is a part of; undefined if the model has it. */
  readonly of: CFunction | undefined;
  /** For a part, the local variables that it begins with. Those of a prototype may be unnamed (""). */
  readonly parameters: readonly Parameter[];
  /** For a loop, a structure: how it ended and the variables it changed, any of them possibly without a value. */
  readonly result: CType;
  /** A part of a function: traces do not show that it was entered. */
  readonly isPart: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly type: CType;
}

/** How a call came about. */
export interface CallSite {
  readonly at: At;
  /** The C drops the result. */
  readonly dropped: boolean;
}

/**
 * What runs a function of a name:
 * "kernel function": its C, as a kernel function of its own.
 * "within": its C, as part of the caller: no call is seen.
 * "model": the model has it.
 */
export type Runner = "kernel function" | "within" | "model";

/** `place operator= operand`, which may be one access of the model's. */
export interface Update {
  readonly place: SharedPlace;
  readonly operator: ArithmeticOperator | ShiftOperator;
  /** Converted to `computedIn`, the type in which C computes the new value. */
  readonly operand: bigint;
  readonly computedIn: IntegerType;
  readonly at: At;
}

/** A function that the binding does itself. */
export interface Intrinsic {
  /** False: its arguments are not evaluated, and what they would access is no step. */
  readonly evaluated: boolean;
  readonly run: (call: IntrinsicCall) => Kernel<Held>;
}

export interface IntrinsicCall extends CallSite {
  readonly name: string;
  /** Converted to the parameters' types; empty if they are not evaluated. */
  readonly arguments: readonly CValue[];
  readonly expressions: readonly Expression[];
  readonly result: CType;
  /** Access to whatever an argument points to, local variables included. */
  readonly load: (place: Place) => Kernel<CValue>;
  readonly store: (place: Place, value: CValue) => Kernel;
  /** Calls a function of the program that an argument points to (`smp_call_function_any(mask, f, &info, 1)`). */
  readonly call: (callee: FunctionPointer, args: readonly CValue[]) => Kernel<Held>;
}

/** Memory that is not a local variable's. Errors are thrown as CError with the `at` that is given. */
export interface SharedMemory {
  /** The value there, in the range of `place.type`, which is no structure and no array. Throws PMC223 if the value is unknown. */
  load(place: SharedPlace, at: At): Kernel<CValue>;
  /** `value` is in the range of `place.type`, which is no structure and no array. */
  store(place: SharedPlace, value: CValue, at: At): Kernel;
  /** The value before, if this is one access; undefined, with nothing done, if it is a load and a store. */
  update(update: Update): Kernel<bigint | undefined>;
}

/** What C means. Errors are thrown as CError with the `at` that is given. */
export interface Meaning extends SharedMemory {
  /** Undefined if the name is that of a plain function. */
  intrinsic(name: string): Intrinsic | undefined;
  /** `c` is the function's C, if the program has it. Undefined if neither the program nor the model has the function. */
  runnerOf(name: string, c: CFunction | undefined): Runner | undefined;
  /**
   * Are values of this type passed to kernel functions? Those that are not the called function has from its context: only there
   * may a pointer to a local variable stand.
   */
  passes(type: CType): boolean;
  /** Calls a kernel function by its name. The arguments that are passed point to no local variable. */
  call(callable: Callable, args: readonly Held[], site: CallSite): Kernel<Held>;
  /** Runs the body of a function that runs within its caller; the meaning may say of its requests where they come from. */
  inside?(of: CFunction, at: At, body: Kernel<Held>): Kernel<Held>;
  /** Ends the running kernel function by starting `callable` in its place; it is not resumed. */
  become(callable: Callable, args: readonly Held[], site: CallSite): Kernel<Held>;

  /** How many arguments are passed to it, of all that it has. */
  arity(callable: Callable): number;
  /** The convention, on the side of the called: what the parameters are, given what was passed. */
  enter(callable: Callable, args: readonly Value[]): Kernel<readonly Held[]>;
  /** What is thrown in place of an error in C: the user's errors have codes of their own. */
  failure(error: CError): Error;
  /** What a kernel function that is C returns. The result points to no local variable. */
  leave(callable: Callable, result: Held): Value;
}
